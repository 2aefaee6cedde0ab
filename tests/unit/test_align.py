"""Aligning small texts written here: order, nulls, direction, anchors, refusals, faults."""

import itertools
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.align import Side, align, aligners
from workbench.align.chain import align_gaps
from workbench.align.pair import Gap, Pair
from workbench.align.prepared import Measured
from workbench.domain.alignment import Bead, check_tiling
from workbench.domain.text import Span
from workbench.encode import load_encoder
from workbench.encode.cache import CachedEncoder, VectorStore
from workbench.errors import BadInput, NotTranslations, Stopped, UnknownName
from workbench.progress import silent

ZH = (
    "一、访问取得圆满成功",
    "总统于六月三日抵达首都机场，受到总理的热烈欢迎。",
    "两国领导人举行了三个小时的会谈，就农业、教育和铁路建设达成共识。",
    "双方签署了12项合作文件。",
    "二、推动贸易平衡发展",
    "去年双边贸易额达到45亿美元，同比增长8%。",
    "双方同意扩大水果和茶叶进口。",
    "外长最后表示，邻居之间没有解决不了的问题。",
)
EN = (
    "1. A successful visit",
    "The president arrived at the capital's airport on June 3 and was warmly welcomed by the "
    "prime minister.",
    "The two leaders held talks for three hours.",
    "They reached consensus on agriculture, education and the building of railways.",
    "The two sides signed 12 documents on cooperation.",
    "2. Promoting balanced trade",
    "Last year bilateral trade reached 4.5 billion US dollars, up 8 percent.",
    "The two sides agreed to import more fruit and tea.",
    "Finally the foreign minister said that there is no problem neighbors cannot solve.",
)
GOLD = ["0:0", "1:1", "2:2,3", "3:4", "4:5", "5:6", "6:7", "7:8"]
PREFACE = (
    "My subscribers asked me about this visit, so here is a quick take before my holidays.",
    "I think the markets will yawn.",
    "Thanks to everybody who sent a postcard.",
)
OTHER_ZH = (
    "小猫在厨房里打翻了牛奶。",
    "奶奶拿来抹布，一边擦地一边唱歌。",
    "窗外的雨越下越大，院子里的向日葵都低下了头。",
    "弟弟画了一条蓝色的鲸鱼。",
    "晚饭我们吃了饺子。",
    "睡觉以前爸爸讲了海盗的故事。",
    "梦里我学会了飞。",
    "第二天早上太阳出来了。",
    "我们去河边钓鱼，一条也没钓到。",
)


@pytest.fixture(scope="module")
def encoder(tmp_path_factory):
    with closing(VectorStore(tmp_path_factory.mktemp("vectors") / "v.sqlite")) as store:
        yield CachedEncoder(load_encoder("bundled"), store)


def zh(*sentences):
    return Side(tuple(sentences), lang="zh-CN")


def en(*sentences):
    return Side(tuple(sentences), lang="en-US")


def short(beads):
    def numbers(span):
        return ",".join(map(str, range(span.start, span.stop)))

    return [f"{numbers(b.src)}:{numbers(b.tgt)}" for b in beads]


def test_a_split_sentence_is_found(encoder):
    result = align(zh(*ZH), en(*EN), encoder=encoder)
    assert short(result.beads) == GOLD
    assert all(0 < bead.probability <= 1 for bead in result.beads)
    assert result.signature.startswith("workbench ")
    assert encoder.signature in result.signature


def test_the_other_direction_mirrors_the_result(encoder):
    there = align(zh(*ZH), en(*EN), encoder=encoder)
    back = align(en(*EN), zh(*ZH), encoder=encoder)
    assert [(b.tgt, b.src) for b in back.beads] == [(b.src, b.tgt) for b in there.beads]


@pytest.mark.parametrize("at", [0, 5, 9])
def test_what_has_no_counterpart_is_left_alone_where_it_stands(encoder, at):
    result = align(zh(*ZH), en(*EN[:at], *PREFACE, *EN[at:]), encoder=encoder)
    alone = [bead for bead in result.beads if bead.is_null]
    assert [bead.tgt for bead in alone] == [Span(at + k, at + k + 1) for k in range(3)]
    assert len(result.beads) == len(GOLD) + 3


@pytest.mark.parametrize(("left", "right"), [(0, 9), (3, 0), (5, 4), (8, 6)])
def test_foreign_sentences_on_both_sides_leave_the_rest_as_it_was(encoder, left, right):
    # two fifths of each side, and neither translates the other
    src = zh(*ZH[:left], *OTHER_ZH[:3], *ZH[left:])
    tgt = en(*EN[:right], *PREFACE, *EN[right:])
    beads = align(src, tgt, encoder=encoder, check_plausible=False).beads
    strange = [set(range(at, at + 3)) for at in (left, right)]
    rest = []
    for bead in beads:
        sides = set(range(bead.src.start, bead.src.stop)), set(range(bead.tgt.start, bead.tgt.stop))
        if sides[0] & strange[0] or sides[1] & strange[1]:
            assert bead.is_null
        else:
            rest.append(bead)
    assert len(rest) == len(GOLD)
    assert not any(bead.is_null for bead in rest)


@pytest.mark.parametrize(("dropped", "alone"), [(6, "5:"), (8, "7:")])
def test_an_omitted_sentence_is_a_null_bead(encoder, dropped, alone):
    result = align(zh(*ZH), en(*EN[:dropped], *EN[dropped + 1 :]), encoder=encoder)
    assert alone in short(result.beads)


@pytest.mark.parametrize("dropped", [0, 1, 4, 5, 6, 7, 8])
def test_a_wrong_bead_around_an_omission_says_that_it_is_doubtful(encoder, dropped):
    kept = [n for n in range(len(EN)) if n != dropped]
    result = align(zh(*ZH), en(*(EN[n] for n in kept)), encoder=encoder)
    for bead, text in zip(result.beads, short(result.beads), strict=True):
        source, _, target = text.partition(":")
        named = ",".join(str(kept[int(n)]) for n in target.split(",") if n)
        if f"{source}:{named}" not in GOLD and named:
            assert bead.probability < 0.9


def test_identical_sentences_at_both_ends_change_nothing_else(encoder):
    inner = align(zh(*ZH), en(*EN), encoder=encoder).beads
    more = align(
        zh("会议纪要", *ZH, "完"), en("Minutes of the meeting", *EN, "The end"), encoder=encoder
    ).beads
    assert [(b.src, b.tgt) for b in more[1:-1]] == [(b.src.shift(1), b.tgt.shift(1)) for b in inner]


def test_one_sentence_a_side(encoder):
    result = align(zh(ZH[3]), en(EN[4]), encoder=encoder)
    assert short(result.beads) == ["0:0"]


def test_anchors_stay_and_the_rest_goes_around_them(encoder):
    anchor = Bead(Span(1, 3), Span(1, 4))
    result = align(zh(*ZH), en(*EN), encoder=encoder, anchors=[anchor])
    assert anchor in result.beads
    assert short(result.beads) == ["0:0", "1,2:1,2,3", *GOLD[3:]]


def test_a_null_anchor_stays(encoder):
    anchor = Bead(Span(3, 4), Span(4, 4))
    result = align(zh(*ZH), en(*EN), encoder=encoder, anchors=[anchor], check_plausible=False)
    assert anchor in result.beads


@pytest.mark.parametrize("turned", [False, True])
def test_a_passage_that_is_put_elsewhere_is_found_where_it_is_looked_for(encoder, turned):
    sides = zh(*ZH), en(*EN[:2], *EN[5:], *EN[2:5])  # the talks come last in the English
    sides = sides[::-1] if turned else sides
    found = align(*sides, encoder=encoder, moved=True)
    assert align(*sides, encoder=encoder).moves == ()
    assert align(zh(*ZH), en(*EN), encoder=encoder, moved=True).moves == ()
    moved = [(b.tgt, b.src) if turned else (b.src, b.tgt) for b in found.moves]
    assert moved == [(Span(2, 3), Span(6, 8)), (Span(3, 4), Span(8, 9))]


def test_a_sentence_that_is_put_elsewhere_is_found_though_a_neighbour_took_it_in(encoder):
    tgt = en(*EN[:6], EN[7], EN[8], EN[6])  # last year's trade comes last
    found = align(zh(*ZH), tgt, encoder=encoder, moved=True)
    assert [(b.src, b.tgt) for b in found.moves] == [(Span(5, 6), Span(8, 9))]
    assert {"5:", ":8"} <= set(short(found.beads))


def test_what_is_between_anchors_is_aligned_together_as_it_is_alone(encoder):
    pair = Pair(Measured(zh(*ZH), True, encoder), Measured(en(*EN), False, encoder))
    whole = align(zh(*ZH), en(*EN), encoder=encoder).beads
    others = [
        Bead(Span(1, 3), Span(1, 4)),
        Bead(Span(3, 4), Span(4, 4)),
        Bead(Span(4, 5), Span(4, 7)),
    ]
    tried = 0
    for fixed in itertools.combinations([*whole[1:-1], *others], 2):
        anchors = sorted(fixed, key=lambda bead: (bead.src.start, bead.tgt.start))
        if anchors[0].src.stop > anchors[1].src.start or anchors[0].tgt.stop > anchors[1].tgt.start:
            continue
        bounds = [(0, 0), *((a.src.stop, a.tgt.stop) for a in anchors)]
        stops = [*((a.src.start, a.tgt.start) for a in anchors), (len(ZH), len(EN))]
        gaps = [Gap(Span(i, i_stop), Span(j, j_stop))
                for (i, j), (i_stop, j_stop) in zip(bounds, stops, strict=True)
                if i < i_stop and j < j_stop]  # fmt: skip
        together = align_gaps(pair, gaps, silent)
        alone = [align_gaps(pair, [gap], silent)[0] for gap in gaps]
        assert [short(beads) for beads in together] == [short(beads) for beads in alone]
        chances = [
            [bead.probability for beads in some for bead in beads] for some in (together, alone)
        ]
        assert chances[0] == pytest.approx(chances[1], abs=1e-5)
        tried += 1
    assert tried > 15


@pytest.mark.parametrize(
    "anchors",
    [
        [Bead(Span(0, 2), Span(0, 1)), Bead(Span(1, 3), Span(1, 2))],
        [Bead(Span(0, 1), Span(4, 5)), Bead(Span(2, 3), Span(0, 1))],
        [Bead(Span(7, 9), Span(8, 9))],
    ],
)
def test_impossible_anchors_are_refused(encoder, anchors):
    with pytest.raises(BadInput, match=r"(?i)fixed bead"):
        align(zh(*ZH), en(*EN), encoder=encoder, anchors=anchors)


def test_strangers_are_refused_with_reasons(encoder):
    with pytest.raises(NotTranslations, match=r"do not seem to be translations .* \d+%"):
        align(zh(*OTHER_ZH), en(*EN), encoder=encoder)
    forced = align(zh(*OTHER_ZH), en(*EN), encoder=encoder, check_plausible=False)
    check_tiling(forced.beads, len(OTHER_ZH), len(EN))


@pytest.mark.parametrize(
    ("src", "tgt", "language"),
    [(zh(*ZH), zh(*ZH), "Chinese"), (en(*EN), en(*EN), "English"),
     (zh(*ZH), en(*OTHER_ZH), "Chinese"), (zh(*PREFACE), en(*EN), "English")],
)  # fmt: skip
def test_two_texts_in_one_language_are_refused(encoder, src, tgt, language):
    with pytest.raises(NotTranslations, match=f"Both texts seem to be in {language}"):
        align(src, tgt, encoder=encoder)


def test_short_translations_are_not_refused(encoder):
    for size, first in itertools.product((1, 2, 3), range(4)):
        pairs = [gold.split(":") for gold in GOLD[first : first + size]]
        last = int(pairs[-1][1].split(",")[-1]) + 1
        align(
            zh(*ZH[int(pairs[0][0]) : int(pairs[-1][0]) + 1]),
            en(*EN[int(pairs[0][1].split(",")[0]) : last]),
            encoder=encoder,
        )


@pytest.mark.parametrize("sentences", [(), ("",), (" ", "\u3000")])
def test_a_text_without_sentences_is_refused(encoder, sentences):
    with pytest.raises(BadInput, match="The translation has no sentences"):
        align(zh(*ZH), en(*sentences), encoder=encoder)


def test_an_unknown_aligner_is_named(encoder):
    with pytest.raises(UnknownName, match="two-pass"):
        align(zh(*ZH), en(*EN), encoder=encoder, aligner="none such")


@pytest.mark.parametrize("name", list(aligners))
def test_every_aligner_tiles_and_is_described(encoder, name):
    result = align(zh(*ZH), en(*EN), encoder=encoder, aligner=name)
    check_tiling(result.beads, len(ZH), len(EN))
    assert f"aligner:{name}" in result.signature
    assert len(aligners.summary(name)) > 20


def test_a_user_can_stop_it(encoder):
    def stop(step, done, total):
        if step == "Aligning":
            raise Stopped("Stopped.")

    with pytest.raises(Stopped):
        align(zh(*ZH), en(*EN), encoder=encoder, progress=stop)


@settings(deadline=None, max_examples=25)
@given(
    st.lists(st.sampled_from([*ZH, "", "\x00", "……", "？！"]), min_size=1, max_size=6),
    st.lists(st.sampled_from([*EN, "", "...", "\u2028", "🙂"]), min_size=1, max_size=6),
)
def test_beads_tile_whatever_the_texts(encoder, chinese, english):
    if not any(map(str.strip, chinese)) or not any(map(str.strip, english)):
        return
    result = align(zh(*chinese), en(*english), encoder=encoder, check_plausible=False)
    check_tiling(result.beads, len(chinese), len(english))
    total = sum(bead.probability for bead in result.beads)
    assert 0 <= total <= len(result.beads)


class Watching:
    """The real encoder, counting the texts it is asked for and refusing once it is closed."""

    def __init__(self, encoder):
        self._encoder, self.asked, self.open = encoder, 0, True
        self.name, self.signature, self.dim = encoder.name, encoder.signature, encoder.dim
        self.windows, self.edges, self.joined = encoder.windows, encoder.edges, encoder.joined

    def encode(self, texts, progress=None):
        return self._encoder.encode(texts)

    def parts(self, texts, progress=None):
        assert self.open, "this encoder belongs to an earlier alignment"
        self.asked += len(texts)
        return self._encoder.parts(texts)


def test_aligning_the_same_texts_again_measures_nothing_anew_and_gives_the_same(encoder):
    sides = Side(ZH, lang="zh"), Side(EN, lang="en")
    first, second, third = (Watching(encoder) for _ in range(3))
    once = align(*sides, encoder=first)
    first.open = False
    assert align(*sides, encoder=second) == once
    assert (first.asked, second.asked) == (len(ZH) + len(EN), 0)
    around = align(*sides, encoder=second, anchors=[Bead(Span(3, 4), Span(4, 5))])
    second.open = False
    align(Side(ZH[:-1], lang="zh"), sides[1], encoder=third)  # other texts
    assert third.asked == len(ZH) - 1 + len(EN)
    fresh = align(*sides, encoder=third, anchors=[Bead(Span(3, 4), Span(4, 5))])
    assert fresh == around
