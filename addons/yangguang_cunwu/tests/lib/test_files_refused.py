"""Every reason why a file is not taken, each with a file of its own."""

import io
import struct
import zlib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
)
from samples import (
    archive,
    box,
    changed_pdf,
    document,
    paragraph,
    pdf,
    picture,
    repacked,
    sound,
    track,
    video,
    workbook,
)

from odoo.addons.yangguang_cunwu.lib.files import inspect, limits

TODAY = date(2026, 3, 31)


def typed(content_type):
    """A workbook whose main part says it is of another type."""

    def change(name, part):
        if name != "[Content_Types].xml":
            return part
        return part.replace(
            b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            content_type.encode(),
        )

    return repacked(workbook(), change)


def with_document_type(name, part):
    if name != "xl/sharedStrings.xml":
        return part
    entities = b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    return part.replace(b"<sst", entities + b"<sst", 1)


def huge_png(side):
    """A picture of 1 kB that says it is `side` pixels wide and high."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)

    def chunk(name, data):
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    parts = chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(bytes(1000))), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def huge_jpeg():
    """A picture that says in its header it is 60,000 pixels wide and high."""
    content = bytearray(picture())
    place = content.index(b"\xff\xc0")
    content[place + 5 : place + 9] = struct.pack(">HH", 60000, 60000)
    return bytes(content)


def moving():
    frames = [Image.new("RGB", (8, 8), color) for color in ("red", "blue")]
    target = io.BytesIO()
    frames[0].save(target, "WEBP", save_all=True, append_images=frames[1:])
    return target.getvalue()


def acting(action, **entries):
    def change(writer):
        action_object = DictionaryObject({NameObject("/S"): NameObject(action)})
        for key, value in entries.items():
            action_object[NameObject(f"/{key}")] = TextStringObject(value)
        writer._root_object[NameObject("/OpenAction")] = writer._add_object(action_object)

    return changed_pdf(change)


def dynamic_form(writer):
    form = DictionaryObject({NameObject("/XFA"): ArrayObject()})
    writer._root_object[NameObject("/AcroForm")] = form


def linked(kind, target):
    relation = f'<Relationship Id="r9" Type="x/{kind}" Target="{target}" TargetMode="External"/>'
    return document(relations=relation)


PROGRAM = b"MZ\x90\x00" + bytes(200) + b"This program cannot be run in DOS mode."
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
HEVC = track(b"vide", box(b"hvc1", bytes(78)))

REFUSED = {
    "empty": ("a.jpg", b"", "文件是空的"),
    "a program": ("a.exe", PROGRAM, "程序文件"),
    "a program called a picture": ("a.jpg", PROGRAM, "程序文件"),
    "a program called a workbook": ("a.xlsx", PROGRAM, "程序文件"),
    "a program of Linux": ("a.pdf", b"\x7fELF" + bytes(60), "程序文件"),
    "a script": ("a.txt", b"#!/bin/sh\nrm", "程序文件"),
    "SVG": ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
    "SVG after a declaration": ("a.png", b'<?xml version="1.0"?>\n<svg/>', "SVG"),
    "SVG in UTF-16": ("a.svg", "\ufeff<svg/>".encode("utf-16-le"), "SVG"),
    "HTML": ("a.html", b"<!DOCTYPE html><p>", "网页文件"),
    "HTML called a picture": ("a.jpg", b"\n <script>alert(1)</script>", "网页文件"),
    "RTF": ("a.doc", b"{\\rtf1", "RTF"),
    "old Excel": ("a.xls", OLD_OFFICE, "另存为新格式"),
    "encrypted Excel": ("a.xlsx", OLD_OFFICE, "加了密码"),
    "RAR": ("a.rar", b"Rar!\x1a\x07\x00", "压缩包"),
    "7z": ("a.7z", b"7z\xbc\xaf\x27\x1c", "压缩包"),
    "zip": ("a.zip", archive({"a.txt": b"1"}), "压缩包"),
    "OFD": ("a.ofd", archive({"OFD.xml": b"<a/>"}), "导出为 PDF"),
    "OpenDocument": ("a.ods", archive({"mimetype": b"a"}), "不支持这种文件格式"),
    "a presentation": ("a.pptx", typed("application/x-presentation"), "演示文稿请导出为 PDF"),
    "HEIC": ("a.heic", b"\0\0\0\x18ftypheic" + bytes(12), "HEIC"),
    "GIF": ("a.gif", b"GIF89a" + bytes(20), "不支持这种图片格式"),
    "TIFF": ("a.tif", b"II*\0" + bytes(20), "不支持这种图片格式"),
    "text": ("a.txt", "一些文字".encode(), "认不出"),
    "another name": ("a.png", picture("JPEG"), "内容却是JPEG 图片"),
    "a workbook called a document": ("a.docx", workbook(), "内容却是Excel 工作簿"),
    "no extension": ("收据", picture(), "无扩展名"),
    "xlsm by its type": (
        "a.xlsm",
        typed("application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
        "带有宏",
    ),
    "macros in xlsx": ("a.xlsx", repacked(workbook(), xl__vbaProject=b"x"), "带有宏"),
    "macros in docx": ("a.docx", repacked(document(), **{"word__vbaProject.bin": b"x"}), "带有宏"),
    "old macros": ("a.xlsx", repacked(workbook(), **{"xl__macrosheets__a.xml": b"<a/>"}), "带有宏"),
    "embedded": (
        "a.docx",
        repacked(document(), **{"word__embeddings__a.xlsx": b"PK"}),
        "嵌入了别的文件",
    ),
    "template from the net": (
        "a.docx",
        linked("attachedTemplate", "http://example.com/a.dotm"),
        "从网上调取",
    ),
    "picture from the net": ("a.docx", linked("image", "https://example.com/a.png"), "从网上调取"),
    "entities in Excel": ("a.xlsx", repacked(workbook(), with_document_type), "外部实体"),
    "entities in Word": (
        "a.docx",
        repacked(document(), **{"word__header1.xml": b"<!DOCTYPE a><a/>"}),
        "外部实体",
    ),
    "bytes behind the archive": ("a.xlsx", workbook() + b"more", "夹带"),
    "bytes before the archive": ("a.xlsx", b"PK\x03\x04more" + workbook(), "夹带"),
    "bomb by ratio": (
        "a.xlsx",
        repacked(workbook(), **{"xl__media__a.bin": bytes(2 * limits.MEGABYTE)}),
        "解压后过大",
    ),
    "bomb by entries": (
        "a.docx",
        archive({f"word/{number}.xml": b"" for number in range(limits.PARTS + 1)}),
        "解压后过大",
    ),
    "large": ("a.xlsx", workbook() + bytes(limits.SIZES["docx"]), "超过 20 MB"),
    "large by its own kind": (
        "a.jpg",
        picture() + bytes(limits.SIZES["jpeg"]),
        "超过 30 MB",
    ),
    "cut archive": ("a.xlsx", workbook()[:-40], "已损坏"),
    "not XML": ("a.docx", repacked(document(), **{"word__header1.xml": b"<a>"}), "已损坏"),
    "picture bomb": ("a.png", huge_png(50_000), "像素太多"),
    "JPEG bomb": ("a.jpg", huge_jpeg(), "像素太多"),
    "moving picture": ("a.webp", moving(), "会动的图片"),
    "cut picture": ("a.png", picture("PNG")[:300], "图片已损坏"),
    "archive behind a JPEG": ("a.jpg", picture() + workbook(), "夹带"),
    "archive behind a PNG": ("a.png", picture("PNG") + workbook(), "夹带"),
    "script behind a WebP": ("a.webp", picture("WEBP") + b"<script>", "夹带"),
    "program behind a JPEG": ("a.jpg", picture() + PROGRAM, "夹带"),
    "PDF behind something": ("a.pdf", b"GARBAGE\n" + pdf(), "前面夹带"),
    "archive behind a PDF": ("a.pdf", pdf() + workbook(), "后面夹带"),
    "cut PDF": ("a.pdf", pdf()[:-10], "不完整"),
    "broken PDF": ("a.pdf", b"%PDF-1.7\n1 0 obj\n%%EOF", "已损坏"),
    "encrypted PDF": ("a.pdf", changed_pdf(lambda writer: writer.encrypt("a")), "加了密码"),
    "restricted PDF": ("a.pdf", changed_pdf(lambda writer: writer.encrypt("", "a")), "加了密码"),
    "PDF with a script": (
        "a.pdf",
        acting("/JavaScript", JS="app.alert(1)"),
        "脚本",
    ),
    "PDF that starts a program": ("a.pdf", acting("/Launch", F="cmd.exe"), "启动程序"),
    "PDF that sends data": ("a.pdf", acting("/SubmitForm", F="http://example.com"), "提交数据"),
    "PDF with a file": (
        "a.pdf",
        changed_pdf(lambda writer: writer.add_attachment("a.txt", b"text")),
        "附件，不能上传",
    ),
    "dynamic form": ("a.pdf", changed_pdf(dynamic_form), "动态表单"),
    "H.265": ("a.mp4", video(HEVC, sound()), "不是 H.264"),
    "other sound": ("a.mp4", video(track(), sound(0x6B)), "不是 AAC"),
    "sound of another box": ("a.mp4", video(track(), track(b"soun", box(b"ac-3"))), "不是 AAC"),
    "positions as a track": ("a.mp4", video(track(), track(b"meta")), "位置记录"),
    "no film": ("a.mp4", video(sound()), "一路画面"),
    "two films": ("a.mp4", video(track(), track()), "一路画面"),
    "fragments": ("a.mp4", video(beside=box(b"mvex")), "分段"),
    "cut film": ("a.mp4", video()[:-30], "不完整"),
    "QuickTime": ("a.mov", video(brand=b"qt  "), "剪映"),
    "AVI": ("a.avi", b"RIFF\0\0\0\0AVI LIST", "剪映"),
    "large index": (
        "a.mp4",
        video(beside=box(b"udta", bytes(limits.MP4_INDEX))),
        "索引过大",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_is_refused_with_a_sentence(case):
    name, content, words = REFUSED[case]
    report = inspect(name, content, TODAY)
    (problem,) = report.problems
    assert words in problem
    assert problem.startswith("附件《")
    assert problem.endswith("。")
    assert report.content == b""


TAKEN = {
    "a.jpg": picture(),
    "a.JPEG": picture(),
    "a.png": picture("PNG"),
    "a.webp": picture("WEBP"),
    "a.pdf": pdf(),
    "a.xlsx": workbook(),
    "a.docx": document(paragraph("会议记录")),
    "a.mp4": video(),
}


@pytest.mark.parametrize("name", TAKEN)
def test_a_plain_file_is_taken(name):
    report = inspect(name, TAKEN[name], TODAY)
    assert report.problems == []
    assert report.findings == []
    assert report.notes == []
    assert report.content


def test_a_clean_name_is_kept():
    report = inspect("C:\\照片\\收\u202e据?.xlsx", TAKEN["a.xlsx"], TODAY)
    assert report.name == "收据.xlsx"
    assert report.mimetype.endswith("spreadsheetml.sheet")
    assert inspect("照片.webp", TAKEN["a.webp"], TODAY).name == "照片.jpg"


def test_a_name_is_read_and_never_repeated():
    report = inspect("张三13800001234.pdf", TAKEN["a.pdf"], TODAY)
    (finding,) = report.findings
    assert finding.sentence() == (
        "附件《张三138****1234.pdf》文件名：疑似手机号 138****1234，不得公开，请删去或改写"
    )
    (problem,) = inspect("张三13800001234.pdf", PROGRAM, TODAY).problems
    assert "13800001234" not in problem


@settings(max_examples=150)
@given(st.sampled_from(sorted(TAKEN)), st.data())
def test_a_broken_file_never_fails(name, data):
    content = bytearray(TAKEN[name])
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    inspect(name, bytes(content), TODAY)
    report = inspect(name, bytes(content[: data.draw(st.integers(0, len(content)))]), TODAY)
    assert bool(report.problems) != bool(report.content)
