"""The audit report: time against WeasyPrint alone on the same final HTML, and pages, for 500 sessions and for 10,000."""

import io
import sys

from bench.measure import compare, exit_status, note, prepare, report, timed

USUAL, LARGE = 500, 10_000


def weasyprint_alone(html: str) -> bytes:
    """The same document, in this process, as WeasyPrint tags it by itself."""
    from weasyprint import HTML

    from qualiopi.web.pdf import folders
    from qualiopi.web.pdf_render import StaticFetcher

    content: bytes = HTML(string=html, base_url="https://statique.invalid/", url_fetcher=StaticFetcher(folders())).write_pdf(
        pdf_variant="pdf/ua-1"
    )
    return content


def start_alone() -> None:
    """The process that writes, started, asked for next to nothing, and ended."""
    from qualiopi.web.pdf import writer

    with writer() as one:
        one.find('<html lang="fr"><head><title>Rien</title></head><body><p id="rien">Rien</p></body></html>')


def main() -> int:
    """Write the report whole, then its final HTML alone, in turn; print the ratios and the number of pages."""
    prepare()
    from pikepdf import Pdf

    from bench.dataset import AUDIT_DATE, build
    from evidence.packs.queries import pieces_counted
    from evidence.packs.report import SHOWN, report_html, write_report
    from evidence.readiness.queries import board
    from qualiopi.web.pdf import writer

    for sessions in (USUAL, LARGE):
        organisation = build(f"mesure-{sessions}", sessions)
        read = board(organisation=organisation, audit_date=AUDIT_DATE)
        with writer() as one:
            pieces = pieces_counted(read, shown=SHOWN)
            html = report_html(read=read, pieces=pieces, find=one.find)
        del read

        def whole(organisation: object = organisation) -> bytes:
            return write_report(organisation=organisation, audit_date=AUDIT_DATE)

        with Pdf.open(io.BytesIO(whole())) as pdf:
            report(f"pages du rapport, {sessions} sessions", len(pdf.pages), 60)
        # WeasyPrint alone is loaded already here; ours starts a process, which loads it.
        ours, bare = compare(whole, lambda html=html: weasyprint_alone(html), times=2)  # type: ignore[misc]
        started = min(timed(start_alone) for _ in range(3))
        what, detail = f"temps du rapport / WeasyPrint seul, {sessions} sessions", f"({ours:.2f} s / {bare:.2f} s)"
        if sessions == USUAL:
            report(what, ours / bare, 1.3, "x", detail)
        else:
            # The PDF has the same length whatever the number of sessions; reading these is held to its bound by `board`.
            note(what, ours / bare, "x", detail)
        # Beside the first, which is the one that is held: the bare run finds WeasyPrint loaded, ours loads it in a process that ends.
        note("  sans le démarrage du processus qui écrit", (ours - started) / bare, "x", f"({started:.2f} s)")
    return exit_status()


if __name__ == "__main__":
    sys.exit(main())
