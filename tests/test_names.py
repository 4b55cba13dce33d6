from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mdgen.names import Author, own_names, parse_authors
from mdgen.problems import Refusal


def shown(author: Author) -> str:
    """Show an author as `given + family + suffix` or `= literal`, and the mark."""
    name = f"= {author.literal}" if author.literal else f"{author.given} + {author.family}"
    name += f" + {author.suffix}" if author.suffix else ""
    return f"{name} {author.mark}".strip()


LISTS = [
    # Separators.
    ("Runyu Lu; Hao Zhang", "Runyu + Lu | Hao + Zhang"),
    ("Runyu Lu, Hao Zhang, Ion Stoica", "Runyu + Lu | Hao + Zhang | Ion + Stoica"),
    ("Runyu Lu and Hao Zhang", "Runyu + Lu | Hao + Zhang"),
    ("Runyu Lu, Hao Zhang, and Ion Stoica", "Runyu + Lu | Hao + Zhang | Ion + Stoica"),
    ("Runyu Lu, Hao Zhang and Ion Stoica.", "Runyu + Lu | Hao + Zhang | Ion + Stoica"),
    ("C. Duclut, and B. Delamotte", "C. + Duclut | B. + Delamotte"),
    ("& Runyu Lu &", "Runyu + Lu"),
    ("Runyu Lu & Hao Zhang", "Runyu + Lu | Hao + Zhang"),
    ("Runyu Lu&Hao Zhang", "Runyu + Lu | Hao + Zhang"),
    ("Runyu Lu &amp; Hao Zhang", "Runyu + Lu | Hao + Zhang"),
    ("Anna Huber und Max Mayr", "Anna + Huber | Max + Mayr"),
    ("Jean Dupont et Marie Curie", "Jean + Dupont | Marie + Curie"),
    ("Jean Dupont et Marie Curie et al.", "Jean + Dupont | Marie + Curie | = et al."),
    ("Ana Pérez y José García", "Ana + Pérez | José + García"),
    ("João Silva e Maria de Souza", "João + Silva | Maria + de Souza"),
    ("A. Pérez, B. Gómez, y C. Ruiz", "A. + Pérez | B. + Gómez | C. + Ruiz"),
    ("Pérez A y García J", "A + Pérez | J + García"),
    ("Luis Gómez; Ana Pérez y José García", "Luis + Gómez | Ana + Pérez | José + García"),
    ("José Ortega y Gasset", "José + Ortega y Gasset"),
    ("Ana Pérez, José Ortega y Gasset", "Ana + Pérez | José + Ortega y Gasset"),
    (
        "José Ortega y Gasset y Santiago Ramón y Cajal",
        "José + Ortega y Gasset | Santiago + Ramón y Cajal",
    ),
    ("Ramón y Cajal, S., Costa e Silva, J.", "S. + Ramón y Cajal | J. + Costa e Silva"),
    ("Ramón y Cajal, Santiago", "Santiago + Ramón y Cajal"),
    ("{Física e Química}", "= Física e Química"),
    (
        "Runyu Lu | Hao Zhang / Ion Stoica • A. Chen",
        "Runyu + Lu | Hao + Zhang | Ion + Stoica | A. + Chen",
    ),
    ("Runyu Lu\nHao Zhang", "Runyu + Lu | Hao + Zhang"),
    ("Lu, Runyu\r\nZhang, Hao\r\n", "Runyu + Lu | Hao + Zhang"),
    ("Runyu Lu,\nHao Zhang and\nIon Stoica", "Runyu + Lu | Hao + Zhang | Ion + Stoica"),
    (
        "Runyu Lu, Hao Zhang,\nIon Stoica, Ang Chen",
        "Runyu + Lu | Hao + Zhang | Ion + Stoica | Ang + Chen",
    ),
    ("Runyu\xa0Lu,  Hao\tZhang ; ", "Runyu + Lu | Hao + Zhang"),
    ("- Runyu Lu\n- Hao Zhang", "Runyu + Lu | Hao + Zhang"),
    ("1. Runyu Lu\n2) Hao Zhang", "Runyu + Lu | Hao + Zhang"),
    ("Anna Holm og Lars Berg", "Anna + Holm | Lars + Berg"),
    ("Anna Holm och Lars Berg", "Anna + Holm | Lars + Berg"),
    ("Ayşe Kaya ve Can Demir", "Ayşe + Kaya | Can + Demir"),
    ("joint with Runyu Lu and Hao Zhang", "Runyu + Lu | Hao + Zhang"),
    ("Runyu Lu (with Hao Zhang)", "Runyu + Lu"),
    ("with Hao Zhang", "Hao + Zhang"),
    ("محمد علي، فاطمة حسن", "محمد + علي | فاطمة + حسن"),
    # Who else.
    ("R. Lu, A. Chen, and 12 others", "R. + Lu | A. + Chen | = et al."),
    ("Lu R, Chen A & 3 more", "R + Lu | A + Chen | = et al."),
    ("R. Lu for the CMS Collaboration", "R. + Lu | = for the CMS Collaboration"),
    (
        "Runyu Lu on behalf of the Night Watch; A. Chen",
        "Runyu + Lu | = on behalf of the Night Watch | A. + Chen",
    ),
    # Titles and degrees.
    ("Prof. Dr. Runyu Lu, Dr Ang Chen", "Runyu + Lu | Ang + Chen"),
    ("Runyu Lu, PhD, Ang Chen, MSc", "Runyu + Lu + PhD | Ang + Chen + MSc"),
    ("Runyu Lu, M.D., Ph.D.; Ang Chen, MD", "Runyu + Lu + M.D., Ph.D. | Ang + Chen + MD"),
    ("Lu, MD; Chen, A.", "MD + Lu | A. + Chen"),
    # Signs of other fonts, and footnotes.
    ("Runyu Lu∗, Ang Chen⋆, Hao Zhang ✉\ufe0f", "Runyu + Lu * | Ang + Chen ⋆ | Hao + Zhang"),
    ("Runyu Lu^1, Ang Chen [2,3], Hao Zhang^1,2", "Runyu + Lu | Ang + Chen | Hao + Zhang"),
    ("Runyu Lu (0000-0001-2345-678X), Ang Chen", "Runyu + Lu | Ang + Chen"),
    ("", ""),
    (" ; , and", ""),
    # Last, First.
    ("Lu, Runyu", "Runyu + Lu"),
    ("Lu, Runyu James", "Runyu James + Lu"),
    ("García Márquez, Gabriel", "Gabriel + García Márquez"),
    ("Lu, Runyu; Zhang, Hao; ", "Runyu + Lu | Hao + Zhang"),
    ("Lu, Runyu; Hao Zhang; Mellies, Jay L", "Runyu + Lu | Hao + Zhang | Jay L + Mellies"),
    ("Lu, R. and Zhang, H.", "R. + Lu | H. + Zhang"),
    ("Lu, R and Zhang, H and Stoica, I", "R + Lu | H + Zhang | I + Stoica"),
    ("Pérez Gómez, Ana María and Lu, Runyu", "Ana María + Pérez Gómez | Runyu + Lu"),
    ("Lu, R., Zhang, H., & Stoica, I.", "R. + Lu | H. + Zhang | I. + Stoica"),
    ("Lu, R., Rocha Moreira, L. C., van Els, P.", "R. + Lu | L. C. + Rocha Moreira | P. + van Els"),
    ("Kerner, NA., Cohen, D., Bell, S.-A.", "NA. + Kerner | D. + Cohen | S.-A. + Bell"),
    ("Forsythe, A, Brealey, J., Su, Jane", "A + Forsythe | J. + Brealey | Jane + Su"),
    ("Lu, Yu. K., Chen, Ch.", "Yu. K. + Lu | Ch. + Chen"),
    ("Smith, John, and Doe, Jane", "John + Smith | Jane + Doe"),
    ("Smith, John, Doe, Jane Mary", "John + Smith | Jane Mary + Doe"),
    ("Lu, Runyu, Hao Zhang, and Ion Stoica", "Runyu + Lu | Hao + Zhang | Ion + Stoica"),
    ("Lu, R., Jane Doe, John Roe", "R. + Lu | Jane + Doe | John + Roe"),
    ("Woods, Daniel W., Mary Milad", "Daniel W. + Woods | Mary + Milad"),
    # Last FM, as medicine has it: only where all names are so.
    ("Lu R, Zhang H, Stoica IJ", "R + Lu | H + Zhang | IJ + Stoica"),
    ("Lu R; Guo H-B; JPAST Group", "R + Lu | H-B + Guo | = JPAST Group"),
    ("Mora M de, Lu R", "M + de Mora | R + Lu"),
    ("Lu R", "R + Lu"),
    ("Lu R.; de la Cruz J.; Kim S.-H.", "R. + Lu | J. + de la Cruz | S.-H. + Kim"),
    ("Lu R., Stoica I.J.", "R. + Lu | I.J. + Stoica"),
    ("Lu R.; Hao Zhang", "Lu + R. | Hao + Zhang"),
    ("RUNYU LU, HAO XU", "RUNYU + LU | HAO + XU"),
    # Initials.
    ("R. Lu, M.-A. Noñez and J. R. R. Tolkien", "R. + Lu | M.-A. + Noñez | J. R. R. + Tolkien"),
    ("A.Boulch, C.D. Murphy, MN. Do", "A. + Boulch | C.D. + Murphy | MN. + Do"),
    ("Ivy B. Peng, Trung M Pham", "Ivy B. + Peng | Trung M + Pham"),
    # Particles and suffixes.
    ("Maria de la Cruz, Jan van der Berg", "Maria + de la Cruz | Jan + van der Berg"),
    ("Jean le Rond d'Alembert and M. Di Penta", "Jean + le Rond d'Alembert | M. + Di Penta"),
    ("de la Cruz, Maria and van der Berg, Jan", "Maria + de la Cruz | Jan + van der Berg"),
    ("Berg, Jan van der; Mann, K. v.", "Jan + van der Berg | K. + v. Mann"),
    ("de la Cruz and van Gogh", "+ de la Cruz | + van Gogh"),
    ("Hoa Thi Do, Hao Yu Ma", "Hoa Thi + Do | Hao Yu + Ma"),
    ("Martin Luther King Jr., John Smith III", "Martin Luther + King + Jr. | John + Smith + III"),
    ("King, Martin Luther, Jr. and Lee, Ann", "Martin Luther + King + Jr. | Ann + Lee"),
    ("King, M. L., Jr., & Lee, A.", "M. L. + King + Jr. | A. + Lee"),
    ("Smith Jr., J., Lee, A.", "J. + Smith + Jr. | A. + Lee"),
    ("Rosenberg, M. D., & Lee, A.", "M. D. + Rosenberg | A. + Lee"),
    ("Ed Xu Jr", "Ed + Xu + Jr"),
    ("Dr. Jane Doe and Prof. John Roe", "Jane + Doe | John + Roe"),
    ("William (Bill) van Orman Quine", "William (Bill) van Orman + Quine"),
    # Names that are not taken apart.
    ("吴恩达、李飞飞", "= 吴恩达 | = 李飞飞"),
    ("吴恩达，李飞飞, Runyu Lu", "= 吴恩达 | = 李飞飞 | Runyu + Lu"),
    ("山田 太郎; 김철수", "= 山田 太郎 | = 김철수"),
    ("The ATLAS Collaboration", "= The ATLAS Collaboration"),
    ("Tabula Muris Consortium; ", "= Tabula Muris Consortium"),
    ("OpenAI, Josh Achiam, Ann Lee", "= OpenAI | Josh + Achiam | Ann + Lee"),
    ("{Barnes and Noble, Inc.} and Runyu Lu", "= Barnes and Noble, Inc. | Runyu + Lu"),
    ("{ Two\nlines }; {}", "= Two lines"),
    ("{Lu} Runyu", "Lu + Runyu"),
    ("Jane {de la Cruz} and {Lu} and Hao {Zhang}", "Jane + de la Cruz | = Lu | Hao + Zhang"),
    ("Cruz {Doe}, Jane; {Lu and Co}", "Jane + Cruz Doe | = Lu and Co"),
    ("{A B}, {C D} and {E F}", "= A B | = C D | = E F"),
    ("Jane Doe, Plato, Ann Lee", "Jane + Doe | = Plato | Ann + Lee"),
    ("Kahfi, S. Maxal, K. N. Ramadhani", "= Kahfi | S. + Maxal | K. N. + Ramadhani"),
    ("Smith and Jones", "= Smith | = Jones"),
    ("Smith, Jones, and Lee", "= Smith | = Jones | = Lee"),
    ("Smith, Jones, Lee, and Patel", "= Smith | = Jones | = Lee | = Patel"),
    ("NASA", "= NASA"),
    ("HMD", "= HMD"),
    ("17", "= 17"),
    # Others.
    ("Runyu Lu et al.", "Runyu + Lu | = et al."),
    ("Lu, R., et. al", "R. + Lu | = et al."),
    ("R. Lu, <i>et al.</i>", "R. + Lu | = et al."),
    ("Lu, Runyu; et al.", "Runyu + Lu | = et al."),
    ("Runyu Lu and others", "Runyu + Lu | = et al."),
    ("Lu, R., Zhang, H., ... & Xu, J.", "R. + Lu | H. + Zhang | = … | J. + Xu"),
    ("Lu, R.; …; Xu, J.", "R. + Lu | = … | J. + Xu"),
    # Signs of equal contribution.
    ("Runyu Lu*, Hao Zhang*, Ion Stoica†", "Runyu + Lu * | Hao + Zhang * | Ion + Stoica †"),
    ("*Runyu Lu, *Hao Zhang, Ion Stoica", "Runyu + Lu * | Hao + Zhang * | Ion + Stoica"),
    ("Lu, Runyu*; Zhang, Hao\\*", "Runyu + Lu * | Hao + Zhang *"),
    ("Lu, R.*, Zhang, H. *", "R. + Lu * | H. + Zhang *"),
    ("Runyu Lu<sup>1,*</sup>, Hao Zhang<sup>2</sup>", "Runyu + Lu * | Hao + Zhang"),
    ("Runyu Lu¹, Hao Zhang²", "Runyu + Lu | Hao + Zhang"),
    ("Runyu Lu1,2, Hao Zhang2", "Runyu + Lu | Hao + Zhang"),
    (
        r"Runyu Lu $^*$, Hao Zhang$^{1,\dagger}$, Ann Lee^{2}",
        "Runyu + Lu * | Hao + Zhang † | Ann + Lee",
    ),
    ("Ann Lee (co-first author), Bo Xu (equal contribution)", "Ann + Lee * | Bo + Xu *"),
    ("Ann Lee, Bo Xu. (Authors in Alphabetical Order)", "Ann + Lee | Bo + Xu"),
    ("Ann Lee (MIT), Bo Xu", "Ann + Lee | Bo + Xu"),
    ("Ann Lee*†", "Ann + Lee *†"),
    # Bold, links.
    ("**Runyu Lu**, Hao Zhang", "Runyu + Lu | Hao + Zhang"),
    ("**Runyu Lu***, __Hao Zhang__*", "Runyu + Lu * | Hao + Zhang *"),
    ("*Runyu Lu*, _Hao Zhang_", "Runyu + Lu | Hao + Zhang"),
    ("<b>Runyu Lu</b>, <u>Hao Zhang</u>", "Runyu + Lu | Hao + Zhang"),
    ("&lt;b&gt;Runyu Lu&lt;/b&gt;, Hao Zhang", "Runyu + Lu | Hao + Zhang"),
    ("<strong>Runyu Lu</strong><br>Hao Zhang", "Runyu + Lu | Hao + Zhang"),
    ("[Runyu Lu](https://x.org/a,b), Hao Zhang", "Runyu + Lu | Hao + Zhang"),
    ("\u200bRunyu Lu", "Runyu + Lu"),
]


@pytest.mark.parametrize(("cell", "authors"), LISTS, ids=[repr(cell) for cell, _ in LISTS])
def test_authors_are_read_as_people_type_them(cell: str, authors: str) -> None:
    assert " | ".join(map(shown, parse_authors(cell))) == authors


@pytest.mark.parametrize(
    "cell",
    [
        "Smith, John, Doe, Jane",
        "Foo, Josh Achiam, Steven Adler, Ann Lee",
        "Smith, J., K.",
        "Jane Doe, Plato, Aristotle, Ann Lee, Bo Xu",
    ],
)
def test_commas_that_nothing_decides_are_refused(cell: str) -> None:
    with pytest.raises(Refusal) as refusal:
        parse_authors(cell)
    assert str(refusal.value) == (
        f"'{cell}' can be read as several lists of names; separate the authors by ';'"
    )


@pytest.mark.parametrize(
    "cell",
    [
        "Ana y José",
        "João e Maria",
        "Ana y José García",
        "Ana y José, Luis Gómez",
        "Pérez, Ana y José García",
        "José Ortega y Gasset y Ana",
    ],
)
def test_a_name_that_can_be_two_is_refused_unless_semicolons_say_what_is_one(cell: str) -> None:
    with pytest.raises(Refusal) as refusal:
        parse_authors(cell)
    message = "has a name that can be two; separate the authors by ';', and end a single one with"
    assert str(refusal.value) == f"'{cell}' {message} ';'"


def test_a_semicolon_says_that_a_name_is_one() -> None:
    [one] = parse_authors("Ramón y Cajal;")
    assert one.plain == "Ramón y Cajal"


def test_a_long_cell_is_shortened_in_the_refusal() -> None:
    with pytest.raises(Refusal, match=r"^'(Smith, John, ){4}Smith, …' can be read") as refusal:
        parse_authors(", ".join(["Smith, John"] * 20))
    assert "\n" not in str(refusal.value)


def test_the_forms_of_a_name() -> None:
    lu = Author("Runyu", "Lu", mark="*")
    assert (lu.plain, lu.cited) == ("Runyu Lu", "Lu, Runyu")
    king = Author("Martin Luther", "King", "Jr.")
    assert (king.plain, king.cited) == ("Martin Luther King Jr.", "King, Martin Luther, Jr.")
    assert Author(family="de la Cruz").plain == Author(family="de la Cruz").cited == "de la Cruz"
    [atlas, others] = parse_authors("The ATLAS Collaboration et al.")
    assert (atlas.plain, atlas.cited) == ("The ATLAS Collaboration", "The ATLAS Collaboration")
    assert (atlas.stands_for_others, others.stands_for_others) == (False, True)


NAMES = st.builds(
    "{} {}".format,
    st.sampled_from(["Runyu", "R.", "Ana María", "J. R. R.", "Jean-Pierre", "Łukasz", "Wei"]),
    st.sampled_from(["Lu", "de la Cruz", "van der Berg", "O'Brien", "Smith-Jones", "Ünal", "Ma"]),
)


@settings(deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=6), st.sampled_from(["; ", " and ", "\n"]))
def test_every_name_typed_is_a_name_read(names: list[str], separator: str) -> None:
    assert [author.plain for author in parse_authors(separator.join(names))] == names


@settings(deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=6))
def test_what_is_cited_can_be_read_again(names: list[str]) -> None:
    authors = parse_authors("; ".join(names))
    assert parse_authors("; ".join(author.cited for author in authors)) == authors


WORDS = st.sampled_from(
    "Lu Runyu R. RJ Mora M de la Cruz Jr. III Zhang, H. , ; ; ; . .. and et al. others The Group -".split()
)


@settings(deadline=None)
@given(st.lists(WORDS, max_size=12).map(" ".join))
@example("Mora M de; Lu R; The Group")
@example("Lu R; Zhang, H.")
@example("The Group; OpenAI")
@example("Hao Zhang; Smith, J., K.")
@example("Runyu Lu; and")
@example("Runyu Lu et al.; Hao Zhang")
@example("Runyu Lu;")
def test_a_list_that_is_read_part_by_part_is_read_as_the_whole(text: str) -> None:
    # What nobody sees in a cell makes it one that has to be looked at as a whole.
    def read(cell: str) -> tuple[Author, ...] | None:
        try:
            return parse_authors(cell)
        except Refusal:
            return None

    assert read(text) == read(f"{text}\u200b")


ODD = st.text("ab RLu.,;&*†{}()[]<>_-'\n\\^$1²…和吴éand")


@settings(deadline=None)
@given(st.text() | ODD)
@example("A B" + " " * 9_999 + "C")
@example("," * 9_999 + "and")
@example("*" * 5_000 + "x" + "1 " * 3_000)
@example("ab " * 3_000)
@example("**a" * 3_000)
def test_any_text_gives_authors_or_is_refused(text: str) -> None:
    try:
        authors = parse_authors(text)
    except Refusal:
        return
    assert all(author.plain.strip() for author in authors)
    assert all("\n" not in author.plain for author in authors)
    assert not any(own_names([]).matches(author) for author in authors)


OWN = own_names(
    ["Runyu Lu", "卢润宇", "Müller, Jörg Peter", "Shi-Hao Tan", "R. J. Doe", "Maria de la Cruz"]
)


@pytest.mark.parametrize(
    "name",
    [
        "Runyu Lu",
        "Lu, Runyu",
        "RUNYU LU",
        "Run-Yu Lu",
        "Runyu X. Lu",
        "R. Lu",
        "Lu, R.",
        "R Lu",
        "Lu R",
        "卢润宇",
        "J. Müller",
        "Jorg Muller",
        "Müller JP",
        "J.-P. Müller",
        "J. Peter Müller",
        "Jörg P. Müller",
        "S.-H. Tan",
        "Shihao Tan",
        "SH Tan",
        "R.J. Doe",
        "R. Doe",
        "de la Cruz, M.",
    ],
)
def test_the_own_name_is_known_in_all_its_spellings(name: str) -> None:
    [author] = parse_authors(name)
    assert OWN.matches(author)


@pytest.mark.parametrize(
    "name",
    [
        "Rongxin Lu",
        "H. Lu",
        "R. X. Lu",
        "R. James Lu",
        "Lu",
        "Runyu Zhang",
        "卢润",
        "Jörg A. Müller",
        "P. Müller",
        "J. A. Müller",
        "J. Paul Müller",
        "Shi Tan",
        "Robert Doe",
        "M. Cruz",
        "de la Cruz",
    ],
)
def test_a_namesake_is_another_person(name: str) -> None:
    [author] = [*parse_authors(f"{name};")]
    assert not OWN.matches(author)


def test_a_spelling_that_is_no_list_of_names_is_known_as_it_is() -> None:
    own = own_names(["Smith, John, Doe, Jane"])
    assert own.embolden("by smith, john, doe, jane.") == "by <b>smith, john, doe, jane</b>."


@pytest.mark.parametrize(
    ("html", "bold"),
    [
        ("Yang, C., Lu, R., & X", "Yang, C., <b>Lu, R.</b>, & X"),
        ("Lu R, Zhang H. Title", "<b>Lu R</b>, Zhang H. Title"),
        ("C. Yang, R. Lu, and L. Xu", "C. Yang, <b>R. Lu</b>, and L. Xu"),
        ("Runyu Lu and Lu, Runyu.", "<b>Runyu Lu</b> and <b>Lu, Runyu</b>."),
        ("R.Lu, R.\xa0Lu", "<b>R.Lu</b>, <b>R.\xa0Lu</b>"),
        ("Lu, Rongxin; Lu, Runyu", "Lu, Rongxin; <b>Lu, Runyu</b>"),
        ("Lu, R. X., Lu, R. A study", "Lu, R. X., <b>Lu, R.</b> A study"),
        ("Hao Lu, R. Lu", "Hao Lu, <b>R. Lu</b>"),
        ("with Lu, R. (2020)", "with <b>Lu, R.</b> (2020)"),
        ("Title. Lu, R. (2020)", "Title. <b>Lu, R.</b> (2020)"),
        ("Müller, J. P., MÜLLER J", "<b>Müller, J. P.</b>, <b>MÜLLER J</b>"),
        ("Mu\u0308ller, J., 2020", "<b>Mu\u0308ller, J.</b>, 2020"),
        ("R. Lu\u0300, X", "<b>R. Lu\u0300</b>, X"),
        ("Tan, S.-H., S.H. Tan, Shi Tan", "<b>Tan, S.-H.</b>, <b>S.H. Tan</b>, Shi Tan"),
        ("卢润宇, 李飞飞; 卢润宇等", "<b>卢润宇</b>, 李飞飞; <b>卢润宇</b>等"),
        ("de la Cruz, M., M. de la Cruz", "<b>de la Cruz, M.</b>, <b>M. de la Cruz</b>"),
        ("<b>Runyu Lu</b>, R. Lu", "<b>Runyu Lu</b>, <b>R. Lu</b>"),
        ("<strong>A, R. Lu</strong>", "<strong>A, R. Lu</strong>"),
        ("<i>R. Lu</i>", "<i><b>R. Lu</b></i>"),
        (
            '<a href="/R. Lu" title="R. Lu">R. Lu</a>',
            '<a href="/R. Lu" title="R. Lu"><b>R. Lu</b></a>',
        ),
        ("Zhang, R., Lu, H.", "Zhang, R., Lu, H."),
        ("Lu, R. Runyu Lu", "<b>Lu, R.</b> Runyu Lu"),
        ("<i>Runyu</i> Lu, J. <i>R. Lu</i>", "<i>Runyu</i> Lu, J. <i>R. Lu</i>"),
        ("Hao<br>Runyu Lu", "Hao<br><b>Runyu Lu</b>"),
    ],
)
def test_the_own_name_is_made_bold_in_text(html: str, bold: str) -> None:
    assert OWN.embolden(html) == bold
    assert OWN.embolden(bold) == bold


@pytest.mark.parametrize(
    "text",
    [
        "Hao Runyu Lu",
        "J. R. Lu, J.R. Lu",
        "Runyu Lu-Smith",
        "Runyu Lu Chen",
        "Runyu Luo",
        "Lu, Runyuan",
        "Hao Lu, R. Smith",
        "H. Lu, R. Smith",
        "van Lu, R.",
        "Lu, R.J. and",
        "Lu RX, B",
        "Lu R. S.",
        "a lu, r. lu",
        "Lu r",
    ],
)
def test_a_longer_name_is_left_alone(text: str) -> None:
    assert OWN.embolden(text) == text


def test_without_own_names_nothing_is_bold() -> None:
    assert own_names([]).embolden("Runyu Lu") == "Runyu Lu"
    assert own_names(["de la Cruz"]).embolden("de la Cruz, M.") == "de la Cruz, M."
