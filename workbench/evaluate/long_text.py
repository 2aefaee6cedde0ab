"""A long bilingual text made by rule, to measure how the pages bear length.

It reads like minutes of meetings that never were: four sentences a paragraph, every number its
own, and now and then a slip in the English, so that there are flags.
"""

import random

PLACES = (
    ("东湖", "East Lake"), ("南岭", "Nanling"), ("青川", "Qingchuan"), ("白沙", "Baisha"),
    ("河口", "Hekou"), ("新港", "Xingang"), ("北站", "Beizhan"), ("石桥", "Shiqiao"),
)  # fmt: skip
TOPICS = (
    ("粮食仓储", "grain storage"), ("乡村道路", "rural roads"), ("港口检疫", "port quarantine"),
    ("职业教育", "vocational training"), ("防洪设施", "flood defences"),
    ("冷链物流", "cold-chain logistics"), ("文物修复", "the repair of antiquities"),
    ("林区防火", "fire prevention in forests"), ("城市供水", "urban water supply"),
)  # fmt: skip
PATTERNS = (
    (
        "第{a}次会议在{place}举行，议题是{topic}。",
        "The {a}th meeting was held in {place}; its subject was {topic}.",
    ),
    (
        "会议听取了关于{topic}的报告，共有{a}名代表出席。",
        "The meeting heard a report on {topic}, and {a} delegates attended.",
    ),
    (
        "{place}提出，今后两年将为{topic}投入{a}万元。",
        "{place} proposed to spend {b} yuan on {topic} over the next two years.",
    ),
    (
        "代表们认为，{topic}关系到{place}每一个家庭的生活。",
        "The delegates held that {topic} concerned the life of every family in {place}.",
    ),
    (
        "去年，{place}在{topic}方面完成了{a}个项目，比前年多{c}个。",
        "Last year {place} completed {a} projects in {topic}, {c} more than the year before.",
    ),
    (
        "有代表问，{topic}的经费能否在年底前到位；主席答复说可以。",
        "One delegate asked whether the money for {topic} could arrive before the end of the "
        "year; the chair replied that it could.",
    ),
    (
        "会议决定把关于{topic}的草案交给{place}再作研究。",
        "The meeting decided to return the draft on {topic} to {place} for further study.",
    ),
)
SLIP = 9  # one sentence in so many has another number in the English
PARAGRAPH = 4  # sentences


def long_text(sentences: int, seed: int = 7) -> tuple[str, str]:
    """Chinese and English of a text with that many sentences on each side."""
    chance = random.Random(seed)
    sides: tuple[list[str], list[str]] = ([], [])
    for number in range(sentences):
        place, topic = chance.choice(PLACES), chance.choice(TOPICS)
        a, c = number + 24, chance.randrange(11, 99)
        wrong = a + 10 if number % SLIP == SLIP - 1 else a
        zh, en = PATTERNS[chance.randrange(len(PATTERNS))]
        sides[0].append(zh.format(a=a, c=c, place=place[0], topic=topic[0]))
        sides[1].append(
            en.format(a=wrong, b=f"{wrong * 10_000:,}", c=c, place=place[1], topic=topic[1])
        )
    starts = range(0, sentences, PARAGRAPH)
    zh, en = (
        "\n".join(joint.join(side[at : at + PARAGRAPH]) for at in starts) + "\n"
        for side, joint in zip(sides, ("", " "), strict=True)
    )
    return zh, en
