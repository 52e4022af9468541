"""The page of ``status --watch``: a summary, and as many rows as the terminal has lines."""

from rich.console import Group
from rich.text import Text

from trafficctl_cli.server.following import News
from trafficctl_cli.views.status_view import status_lines, summary


def page(news: News, height: int) -> Group:
    """Make the page.

    :param height: lines that fit.
    """
    lines = status_lines(news.resources)
    kept = lines[: max(height - 2, 1)]
    more = len(lines) - len(kept)
    shown = [Text(line) if isinstance(line, str) else line for line in kept]
    for line in shown:
        line.no_wrap, line.overflow = True, "ellipsis"
    foot = [Text(f"and {more} more that are well", style="dim")] if more else []
    return Group(summary(news.resources, news.revision, news.broken), *shown, *foot)
