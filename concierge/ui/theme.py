"""The desk's own colours, dark and light.

Quiet greys and a teal, so that red and amber mean something.
"""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="concierge-dark",
    primary="#5FB3A8",
    secondary="#8FA3B0",
    accent="#5FB3A8",
    warning="#E0B15A",
    error="#F07A6A",
    success="#8CC08A",
    foreground="#D5DADD",
    background="#14191D",
    surface="#1A2126",
    panel="#232C32",
    dark=True,
    variables={
        "block-cursor-background": "#2F4A50",
        "block-cursor-foreground": "#F2F5F6",
        "block-cursor-blurred-background": "#263238",
        "block-cursor-text-style": "none",
        "input-selection-background": "#5FB3A8 35%",
        "border": "#3E6A6B",
        "border-blurred": "#2B353B",
        "scrollbar": "#39464E",
        "scrollbar-background": "#1A2126",
        "scrollbar-hover": "#4A5A63",
        "scrollbar-active": "#5FB3A8",
    },
)

LIGHT = Theme(
    name="concierge-light",
    primary="#17695F",
    secondary="#4D5D68",
    accent="#17695F",
    warning="#8A5A00",
    error="#B3261E",
    success="#2E6B32",
    foreground="#1E262B",
    background="#F6F7F5",
    surface="#FFFFFF",
    panel="#E7EBE9",
    dark=False,
    variables={
        "block-cursor-background": "#CFE5E0",
        "block-cursor-foreground": "#101619",
        "block-cursor-blurred-background": "#E3ECE9",
        "block-cursor-text-style": "none",
        "input-selection-background": "#17695F 25%",
        "border": "#5E9A91",
        "border-blurred": "#C3CCC9",
        "scrollbar": "#B9C4C0",
        "scrollbar-background": "#EDF0EE",
        "scrollbar-hover": "#9AA9A4",
        "scrollbar-active": "#17695F",
    },
)
