"""The audit report of an organisation with 10,000 sessions: time against WeasyPrint alone on the same HTML, and pages."""

import io
import sys

from bench.measure import compare, exit_status, prepare, report

SESSIONS = 10_000


def main() -> int:
    """Write the report whole, then its final HTML alone, in turn; print the ratio and the number of pages."""
    prepare()
    from pikepdf import Pdf

    from bench.dataset import AUDIT_DATE, build
    from evidence.packs.queries import pieces_of
    from evidence.packs.report import report_html, write_report
    from evidence.readiness.queries import board
    from qualiopi.web.pdf import write_pdf

    organisation = build("mesure", SESSIONS)
    read = board(organisation=organisation, audit_date=AUDIT_DATE)
    html = report_html(read=read, pieces=pieces_of(organisation, audit_date=AUDIT_DATE))
    del read
    whole = write_report(organisation=organisation, audit_date=AUDIT_DATE)
    with Pdf.open(io.BytesIO(whole)) as pdf:
        report(f"pages du rapport, {SESSIONS} sessions", len(pdf.pages), 60)
    ours, bare = compare(lambda: write_report(organisation=organisation, audit_date=AUDIT_DATE), lambda: write_pdf(html), times=2)
    report("temps du rapport / temps de WeasyPrint seul", ours / bare, 1.3, "x", f"({ours:.2f} s / {bare:.2f} s)")
    return exit_status()


if __name__ == "__main__":
    sys.exit(main())
