"""What the scripts that measure draw and write: durations, and bars as SVG."""

import math


def duration(nanoseconds):
    for limit, divisor, unit in ((1e3, 1, "ns"), (1e6, 1e3, "µs"), (1e9, 1e6, "ms")):
        if nanoseconds < limit:
            number = nanoseconds / divisor
            return f"{number:.0f} {unit}" if number >= 100 else f"{number:.3g} {unit}"
    return f"{nanoseconds / 1e9:.3g} s"


def bars(groups, colours, first=1, last=6):
    """An SVG: for each group (name, bars) its bars (series, nanoseconds), on a scale of powers of ten.

    `colours` has one for each series, in the order of the legend; the scale goes from 10**first to 10**last.
    """
    height, left, width = 9, 150, 560
    lines, y = [], 40
    scale = lambda ns: min(1, max(0, (math.log10(ns) - first) / (last - first))) * width
    for name, present in groups:
        lines.append(f'<text x="{left - 8}" y="{y + height * len(present) / 2 + 4:.0f}" '
                     f'text-anchor="end">{name}</text>')
        for series, nanoseconds in present:
            lines.append(f'<rect x="{left}" y="{y}" width="{scale(nanoseconds):.1f}" height="{height - 1}" '
                         f'fill="{colours[series]}"><title>{series}: {duration(nanoseconds)}</title></rect>')
            y += height
        y += 8
    for power in range(first, last + 1):
        x = left + scale(10**power)
        lines.append(f'<path d="M{x:.0f} 34V{y}" stroke="#888" stroke-opacity=".3"/>'
                     f'<text x="{x:.0f}" y="{y + 14}" text-anchor="middle">{duration(10**power)}</text>')
    x = left
    for series, colour in colours.items():
        lines.append(f'<rect x="{x}" y="12" width="10" height="10" fill="{colour}"/>'
                     f'<text x="{x + 14}" y="21">{series}</text>')
        x += 66
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + width + 40}" height="{y + 24}" '
            'font-family="sans-serif" font-size="11" fill="#777">\n' + "\n".join(lines) + "\n</svg>\n")


def put_into(page, mark, text):
    """Replaces what stands between `<!-- mark -->` and `<!-- /mark -->`."""
    before, rest = page.read_text().split(f"<!-- {mark} -->\n")
    after = rest.split(f"<!-- /{mark} -->\n")[1]
    page.write_text(f"{before}<!-- {mark} -->\n{text}\n<!-- /{mark} -->\n{after}")
