"""Rendered bodies dressed for the page."""

from app.playbook.dressing import Dresser


def dress(markup: str, *, definitions: dict[str, str] | None = None) -> str:
    return Dresser(definitions or {}, lambda headings: f"Tableau : {headings}").dress(markup)


def test_each_line_of_a_quotation_is_words_to_say() -> None:
    dressed = dress("<blockquote>\n<p>« Un. »</p>\n<p>« Deux. »</p>\n</blockquote>\n<p>Puis se taire.</p>")

    assert dressed.count('<p class="say">') == 2
    assert "<p>Puis se taire.</p>" in dressed


TABLE = """<table>
<thead>
<tr>
<th></th>
<th>Prix &amp; pose</th>
</tr>
</thead>
<tbody>
<tr>
<td>Lampe</td>
<td>5 820,00 €</td>
</tr>
</tbody>
</table>"""


def test_a_table_scrolls_by_itself_and_has_a_name() -> None:
    dressed = dress(TABLE)

    assert dressed.startswith('<div class="sheet" role="group" tabindex="0" aria-label="Tableau : Prix &amp; pose">')


def test_an_empty_first_heading_makes_the_first_column_name_the_rows() -> None:
    dressed = dress(TABLE)

    assert '<td></td><th scope="col" class="num">Prix &amp; pose</th>' in dressed
    assert '<th scope="row">Lampe</th>' in dressed


def test_a_column_of_figures_is_set_to_the_right() -> None:
    assert '<td class="num">5 820,00 €</td>' in dress(TABLE)


def test_a_table_without_headings_is_left_as_it_is() -> None:
    bare = "<table><tr><td>a</td></tr></table>"

    assert dress(bare) == bare


def test_an_abbreviation_is_explained_once_and_leads_to_the_glossary() -> None:
    ht = '<abbr title="Hors taxes">HT</abbr>'

    dressed = dress(f"<p>{ht} puis {ht}</p>", definitions={"HT": "ht"})

    assert dressed == f'<p><a class="term" href="/glossary#ht">{ht}</a> puis HT</p>'


def test_an_abbreviation_of_the_author_s_own_is_explained_without_a_link() -> None:
    markup = '<p><abbr title="A &amp; B">A&amp;B</abbr></p>'

    assert dress(markup) == markup


def test_an_abbreviation_inside_a_link_makes_no_second_link() -> None:
    dressed = dress(
        '<p><a href="/x">prix <abbr title="Hors taxes">HT</abbr></a> <abbr title="Hors taxes">HT</abbr></p>',
        definitions={"HT": "ht"},
    )

    assert dressed.startswith('<p><a href="/x">prix HT</a> <a class="term"')


def test_blocks_of_one_document_share_what_was_explained() -> None:
    dresser = Dresser({"HT": "ht"}, str)
    block = '<p><abbr title="Hors taxes">HT</abbr></p>'

    assert "<abbr" in dresser.dress(block)
    assert dresser.dress(block) == "<p>HT</p>"
