"""Pages leave compressed, files keep the length that they announce."""

import gzip

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from qualiopi.web.compression import CompressedPages

PAGE = "<p>Un paragraphe, puis le même.</p>" * 100


def sent(response, accepts="gzip"):
    request = RequestFactory().get("/", headers={"accept-encoding": accepts})
    return CompressedPages(lambda _request: response)(request)


def test_a_page_is_compressed_for_whoever_asks():
    page = sent(HttpResponse(PAGE))
    assert (page["Content-Encoding"], page["Vary"]) == ("gzip", "Accept-Encoding")
    assert gzip.decompress(page.content).decode() == PAGE
    assert len(page.content) < len(PAGE) / 5
    assert sent(HttpResponse(PAGE), accepts="identity").content.decode() == PAGE


def test_what_is_no_page_or_comes_in_pieces_is_left_alone(tmp_path):
    (tmp_path / "preuves.zip").write_bytes(PAGE.encode())
    with (tmp_path / "preuves.zip").open("rb") as file:
        pack = sent(FileResponse(file, content_type="application/zip"))
        assert (pack["Content-Length"], "Content-Encoding" in pack) == (str(len(PAGE.encode())), False)
    for response in (HttpResponse(PAGE, content_type="application/pdf"), StreamingHttpResponse([PAGE], content_type="text/html")):
        assert "Content-Encoding" not in sent(response)
