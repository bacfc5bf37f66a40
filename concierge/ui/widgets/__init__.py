"""Parts of screens: they say what happened and decide nothing."""
