"""What a listener's software sees of three pages, kept as outlines that a person can read in a diff.

`pytest --update-refs` renews them; read them before you commit them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.typeset.pages import DOT, made, outline, page

REFS = Path(__file__).parent.parent / "ref"

# Each a page with a heading, a paragraph with a name in English and an abbreviation, a list within a list, a table, a
# link over lines and a figure with its caption.
PAGES = {
    "en": """
        <h1>Infections that come back</h1>
        <p>The change is in a gene, which the <b>doctor</b> writes as <i lang="la">CD40LG</i>. The treatment is called
        <abbr title="intravenous immunoglobulin">IVIG</abbr>.</p>
        <ul><li>Ask for a test.<ul><li>A drop of blood is enough.</li></ul></li>
        <li><p>Write down the answer.</p></li></ul>
        <table>
          <caption>How often</caption>
          <thead><tr><th>Child</th><th>Chance</th></tr></thead>
          <tbody><tr><th>Son</th><td>1 in 2</td></tr><tr><th>Daughter</th><td>0</td></tr></tbody>
        </table>
        <p class="narrow">Read <a href="https://example.org/">more about the gene</a> here.</p>
        <figure><img src="DOT" alt="A circle, half filled"><figcaption>The sign of a carrier</figcaption></figure>
    """,
    "ar": """
        <h1>عدوى تعود مرة بعد مرة</h1>
        <p>التغيّر في جين يكتبه <b>الطبيب</b> هكذا: <span lang="en" dir="ltr">CD40LG</span>. ويُسمّى العلاج
        <abbr title="الغلوبولين المناعي الوريدي">IVIG</abbr>.</p>
        <ul><li>اطلب فحصًا.<ul><li>تكفي قطرة دم.</li></ul></li><li><p>اكتب الجواب.</p></li></ul>
        <table>
          <caption>كم مرة</caption>
          <thead><tr><th>الطفل</th><th>الاحتمال</th></tr></thead>
          <tbody><tr><th>ابن</th><td>1 من 2</td></tr><tr><th>ابنة</th><td>0</td></tr></tbody>
        </table>
        <p class="narrow">اقرأ <a href="https://example.org/">المزيد عن هذا الجين</a> هنا.</p>
        <figure><img src="DOT" alt="دائرة نصفها مملوء"><figcaption>علامة حامل التغيّر</figcaption></figure>
    """,
    "hi": """
        <h1>बार-बार लौटने वाले संक्रमण</h1>
        <p>बदलाव एक जीन में है, जिसे <b>डॉक्टर</b> यों लिखते हैं: <span lang="en">CD40LG</span>। इलाज का नाम
        <abbr title="नस से दिया जाने वाला इम्युनोग्लोबुलिन">IVIG</abbr> है।</p>
        <ul><li>जाँच के लिए कहिए।<ul><li>खून की एक बूँद काफ़ी है।</li></ul></li><li><p>सही उत्तर लिख लीजिए।</p></li></ul>
        <table>
          <caption>कितनी बार</caption>
          <thead><tr><th>बच्चा</th><th>संभावना</th></tr></thead>
          <tbody><tr><th>बेटा</th><td>2 में से 1</td></tr><tr><th>बेटी</th><td>0</td></tr></tbody>
        </table>
        <p class="narrow"><a href="https://example.org/">जीन के बारे में और</a> पढ़िए।</p>
        <figure><img src="DOT" alt="आधा भरा गोला"><figcaption>वाहक का चिह्न</figcaption></figure>
    """,
}


@pytest.mark.parametrize("tag", PAGES)
def test_the_tag_tree_is_the_one_that_was_read(tag: str, pytestconfig: pytest.Config) -> None:
    """A change of the tags that nobody looked at is heard by everybody."""
    tree = outline(made(page(PAGES[tag].replace("DOT", DOT), tag, ".narrow { width: 7em }")))
    path = REFS / f"tags-{tag}.txt"
    if pytestconfig.getoption("--update-refs"):
        path.write_text(tree, encoding="utf-8")

    assert tree == path.read_text(encoding="utf-8")
