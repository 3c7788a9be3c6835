"""`tthc-flow studio`: the local web page."""

from __future__ import annotations

import click

from tthc_flow.cli import options
from tthc_flow.words.messages import message

_MOST_PORTS = 65_535


@click.command("studio")
@click.argument("source", metavar="[TỆP]", required=False)
@click.option(
    "--port",
    type=click.IntRange(0, _MOST_PORTS),
    default=0,
    metavar="N",
    help="Cổng của máy này (mặc định: một cổng còn trống).",
)
@click.option(
    "--procedure",
    metavar="MÃ",
    help="Quy trình cần mở nếu TỆP có nhiều: số thứ tự (từ 1) hoặc mã.",
)
@click.option("--no-open", is_flag=True, help="Không tự mở trình duyệt.")
@options.lang
def command(
    source: str | None, *, port: int, procedure: str | None, no_open: bool, lang: str
) -> None:
    """Mở trang làm việc trên máy này: nạp TỆP, rà soát, xuất hồ sơ; không gửi gì ra ngoài."""
    import webbrowser

    from tthc_flow.web.serving import place, project_of, serve
    from tthc_flow.web.shelf import Shelf

    shelf = Shelf()
    if source is not None:
        shelf.put(project_of(source, procedure), lang)
    where = place(port)

    def tell(_server: object) -> None:
        click.echo(where.address)
        click.echo(message("studio-stop", {}, lang).text, err=True)
        if not no_open:
            webbrowser.open(where.address)

    serve(where, shelf, tell)
