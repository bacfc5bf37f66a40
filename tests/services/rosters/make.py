"""Makes the five messy rosters beside it: ``python tests/services/rosters/make.py``. Everybody is made up."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import xlwt
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

HERE = Path(__file__).parent


def property_office() -> None:
    """An office's own sheet: instructions, two title rows, merged buildings, people in one cell, a total."""
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = "填表说明"
    first.append(["每户一行，电话请填手机"])
    sheet = book.create_sheet("业主")
    for row in (
        ["云水花园一期业主登记表"],
        ["制表：物业服务中心　2026年3月"],
        [],
        [
            "序号",
            "楼栋",
            "单元",
            "房 号",
            "业主姓名（必填）",
            "联系电话：",
            "与业主关系",
            "车牌号码",
            "备注",
        ],
        [
            1,
            "3栋",
            "一单元",
            101.0,
            "方小满、季秋白",
            13800000101.0,
            "业主",
            "粤B10101、粤BD10101",
            "花生过敏",
        ],
        [2, None, None, "0102", "沈砚", 1.38e10, None, None, None],
        [
            3,
            None,
            "二单元",
            "1201",
            "陶然/白露",
            "13800001201/13800001202",
            "业主/配偶",
            None,
            "有狗",
        ],
        [4, "4栋", "一单元", "101", "温故", "0755-26000101", "租户", None, None],
        [None, None, None, "合计", None, "4户"],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:I1")
    sheet.merge_cells("B5:B7")
    sheet.merge_cells("C5:C6")
    book.save(HERE / "property-office.xlsx")


def merged_units() -> None:
    """A person a row; building and room are merged over a household's rows."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in (
        ["楼号", "房号", "姓名", "手机", "身份"],
        ["５号楼", "501", "顾北", "１３９００００５０１１", "户主"],
        [None, None, "顾盼", None, "女儿"],
        [None, "502", "林深", 13900005021, "户主"],
        [None, None, "鹿鸣", 13900005022, "配偶"],
        [None, None, None, None, None],
        ["6号楼", "601", "江晚", "139 0000 6011", "租户"],
    ):
        sheet.append(row)
    for area in ("A2:A6", "B2:B3", "B4:B5"):
        sheet.merge_cells(area)
    book.save(HERE / "merged-units.xlsx")


def fee_system() -> None:
    """What a Chinese accounting program writes: GBK, semicolons, phones as formulas, empty columns."""
    text = (
        "收费系统导出;;;;;\r\n"
        "房产;客户名称;移动电话;入住时间;欠费;\r\n"
        '1-1-101;苏合;="013700000101";2019-05-01;0.00;\r\n'
        '1-1-102;程　前;="13700000102";;12.50;\r\n'
        "1-1-０１０２;程昱;;;;\r\n"
        '地下室;祝余;="13700000199";;;\r\n'
    )
    (HERE / "fee-system.csv").write_bytes(text.encode("gbk"))


def english_system() -> None:
    """An English property management system: BOM, commas in names, a header again on page two, a footer."""
    text = (
        "\ufeffBldg No.,Unit #,Resident Name,Mobile Phone,Type,Licence Plate,Move-in Date,Balance\r\n"
        'Tower A,1201,"Marlow, Tess",+86 138 0000 1201,Owner,SHA 1201,2020-08-15,0\r\n'
        "Tower A,1201,Ivo Marlow,,Spouse,,,0\r\n"
        "Tower A,1202,Ada Quill; Bo Quill,138-0000-1202,Tenant,,,125.00\r\n"
        "Bldg No.,Unit #,Resident Name,Mobile Phone,Type,Licence Plate,Move-in Date,Balance\r\n"
        'Tower B,3,"=HYPERLINK(""http://x"",""Nell"")",0,Owner,,,0\r\n'
        "Tower B,4,,13800000004,Owner,,,0\r\n"
        "Printed by PMS 4.2 on 2026-03-01,,,,,,,\r\n"
    )
    (HERE / "english-system.csv").write_bytes(text.encode())


def old_workbook() -> None:
    """An .xls of twenty years ago: numbers for rooms and phones, real dates, a merged building."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    sheet.write_merge(0, 0, 0, 4, "住户一览")
    for column, head in enumerate(("幢", "室", "住户", "电话", "入住日期")):
        sheet.write(1, column, head)
    sheet.write_merge(2, 4, 0, 0, 7.0)
    people = ((101.0, "许言", 13600007101.0), (102.0, "乔木", 57100007102.0), (103.0, "乔木", ""))
    for row, person in enumerate(people, start=2):
        for column, value in enumerate(person, start=1):
            sheet.write(row, column, value)
    sheet.write(2, 4, dt.date(2008, 8, 8), day)
    book.save(str(HERE / "old-workbook.xls"))


if __name__ == "__main__":
    for make in (property_office, merged_units, fee_system, english_system, old_workbook):
        make()
