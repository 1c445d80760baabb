"""The structure test finds what is wrong: a right page spoilt in one place, and the one sentence that tells it."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from tests.papers.structure import faults, sizes, tree_of
from tests.papers.test_tags import FOOT, WHOLE, written

pytestmark = pytest.mark.usefixtures("each_pdf_once")
LINK = "<p><a href='https://exemple.fr/'>lien</a></p>"


def find(document, tag, place=0):
    """The dictionary of an element, by its tag."""
    return [element.raw for element in tree_of(document).below() if element.tag == tag][place]


def in_pages(document, old, new):
    page = document.pages[0]
    content = page.Contents.read_bytes()
    assert old in content
    page.Contents = document.make_stream(content.replace(old, new))


def without_head(document):
    with document.open_metadata() as metadata:
        del metadata["pdfuaid:part"]


def without_tags(document):
    del document.Root["/StructTreeRoot"]


def a_second_title(document):
    find(document, "H2").S = Name.H1


def a_step_too_far(document):
    find(document, "H2").S = Name.H3


def a_table_in_a_table(document):
    outer, inner = find(document, "Table"), find(document, "Table", 1)
    above = inner.P
    above.K = Array([kid for kid in above.K if kid.objgen != inner.objgen])
    inner.P = outer
    outer.K.append(inner)


def a_row_alone(document):
    find(document, "TR").S = Name.P


def a_narrow_row(document):
    row = find(document, "TR")
    row.K = Array(list(row.K)[:-1])


def a_name_of_nobody(document):
    find(document, "TD").A.Headers = Array([String("nulle-part")])


def a_picture_off_the_page(document):
    find(document, "Figure").A.BBox = Array([10, -20, 30, -10])


def content_unknown(document):
    paragraph = find(document, "P")
    paragraph.K = Array(list(paragraph.K)[1:])


def content_elsewhere(document):
    numbers = document.Root.StructTreeRoot.ParentTree.Nums[1]
    numbers[0] = find(document, "H2")


SPOILT = {
    "not marked": lambda document: document.Root.MarkInfo.update({"/Marked": False}),
    "no language": lambda document: document.Root.update({"/Lang": String("")}),
    "the name of the file is shown, not the title": lambda document: document.Root.update({"/ViewerPreferences": Dictionary()}),
    "does not say which PDF/UA it is": without_head,
    "page 1: not gone through in the order of the tags": lambda document: document.pages[0].obj.update({"/Tabs": Name.R}),
    "2 titles": a_second_title,
    "H3 after H1": a_step_too_far,
    "Table inside a Table": a_table_in_a_table,
    "P in THead": a_row_alone,
    "rows of [2, 3] columns": a_narrow_row,
    "TH without a scope": lambda document: find(document, "TH", -1).update({"/A": Dictionary(O=Name.Table)}),
    "a cell names nulle-part, which is nowhere": a_name_of_nobody,
    "a cell of a table with spans that names no head": lambda document: find(document, "TD").A.update({"/Headers": Array()}),
    "a figure without a text": lambda document: find(document, "Figure").update({"/Alt": String(" ")}),
    "a figure outside of its page: 10 -20 30 -10": a_picture_off_the_page,
    "LI in Div": lambda document: find(document, "L").update({"/S": Name.Div}),
    "LBody holds nothing": lambda document: find(document, "LBody").update({"/K": Array()}),
    "page 1: content 1 that no element holds": content_unknown,
    "page 1: content 0 leads to another element": content_elsewhere,
    "page 1: painted outside of the tags": lambda document: in_pages(document, b"/Artifact", b"/Autre"),
    "page 1: a link without a text": lambda document: document.pages[0].Annots[0].update({"/Contents": String("")}),
    "page 1: a link that leads to another element": lambda document: document.pages[0].Annots[0].update({"/StructParent": 0}),
    "no tags": without_tags,
}


def test_the_page_is_right_before():
    assert faults(written(WHOLE + LINK, FOOT)) == []


@pytest.mark.parametrize("sentence", SPOILT)
def test_each_fault_is_found(sentence):
    with pikepdf.open(io.BytesIO(written(WHOLE + LINK, FOOT))) as document:
        SPOILT[sentence](document)
        spoilt = io.BytesIO()
        document.save(spoilt)
    assert sentence in faults(spoilt.getvalue())


def test_a_font_outside_of_the_file_is_found():
    with pikepdf.open(io.BytesIO(written("<p>Texte</p>"))) as document:
        ((name, font),) = document.pages[0].Resources.Font.items()
        del font.DescendantFonts[0].FontDescriptor["/FontFile2"]
        spoilt = io.BytesIO()
        document.save(spoilt)
    assert faults(spoilt.getvalue()) == [f"the font {name} is not in the file"]


def test_sizes_are_those_of_the_sheet():
    page = "<p style='font-size: 7pt'>petit</p><p style='font-size: 12pt'>grand</p>"
    assert sizes(written(page)) == {7.0: "petit", 12.0: "grand"}
