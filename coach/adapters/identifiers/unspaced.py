"""Names in scripts without spaces: Chinese, Japanese, Korean, Thai, Khmer and their kin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from coach.adapters.identifiers.likeness import shipped_likeness
from coach.adapters.identifiers.scripts import is_letter, is_unspaced, script
from coach.adapters.identifiers.words import Word, word_set

#: Below this a lone word of such a script inside another language is no name.
_UNLIKELY = -1.5
#: The longest name that stands alone, in characters.
_LONGEST = {"CJK": 5, "HANGUL": 5, "HIRAGANA": 6, "KATAKANA": 8}
_LONGEST_OTHER = 24
#: The commonest family names of China and Taiwan, of Japan and of Korea.
_CHINESE = (
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林罗羅高郑鄭梁谢謝宋唐许許邓鄧韩韓冯馮曹彭曾"
    "肖萧蕭田董潘袁蔡蒋蔣余于杜叶葉程魏苏蘇吕呂丁任卢盧姚沈钟鐘姜崔谭譚陆陸范汪廖石金韦韋贾賈夏付方邹鄒"
    "熊白孟秦邱侯江尹薛阎閻段雷龙龍黎史陶贺賀毛郝顾顧龚龔邵万萬覃武钱錢戴严嚴莫孔向常汤湯"
)
_JAPANESE = word_set(
    "佐藤 鈴木 高橋 田中 伊藤 渡辺 渡邊 山本 中村 小林 "
    "加藤 吉田 山田 佐々木 山口 松本 井上 木村 斎藤 清水 "
    "山崎 阿部 森 池田 橋本 石川 山下 小川 石井 長谷川 "
    "後藤 岡田 近藤 前田 藤田 遠藤 青木 坂本 村上 太田 金子 "
    "藤井 福田 西村 三浦 竹内 中川 岡本 松田 原田 中野 "
    "小野 田村 藤原 中山 石田 小島 和田 森田 内田 柴田 酒井 "
    "原 高木 横山 安藤 宮崎 上田 島田 工藤 大野 宮本 "
    "杉山 今井 丸山 増田 高田 村田 平野 大塚 菅原 武田 新井 "
)
_KOREAN = (
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민"
    "진나지엄채원천방공현함변염"
)
_TITLES = (
    "さん|さま|様|氏|君|くん|ちゃん|先生|課長|部長|社長|课长|部长|总监|"
    "总经理|经理|總監|經理|总|女士|小姐|老师|老師|同事|说|說|表示|认为|"
    "問|问|告诉"
)
_AFTER_KOREAN = r"(?=씨|님|과장|부장|대리|팀장|이사|사장|선생)"
_PARTICLES = re.compile(
    "(?:이가|에게서|에게|께서|한테|이는|이의|이|가|은|는|을|를|의|과|와|도|씨|님)$"
)
_FAMILY = "|".join(sorted(_JAPANESE, key=len, reverse=True))
_IN_RUN = re.compile(
    rf"(?:(?:{_FAMILY})[\u3040-\u30ff\u4e00-\u9fff]{{0,2}}?"
    rf"|[{_CHINESE}][\u4e00-\u9fff]{{0,2}}?)(?={_TITLES})"
    rf"|[{_KOREAN}][가-힣]{{2}}\s?{_AFTER_KOREAN}"
)


def find_unspaced(text: str, found: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Spans of ``text`` that are names in such a script."""
    for match in _IN_RUN.finditer(text):
        yield match.span()
    foreign = _is_foreign(text)
    for word in found:
        kind = script(word.text[0])
        if not is_unspaced(word.text[0]):
            continue
        if kind == "HANGUL" and (size := _korean(word.text)):
            yield word.start, word.start + size
        elif (
            foreign
            and len(word.text) <= _LONGEST.get(kind, _LONGEST_OTHER)
            and likeness_of_run(word.text) > _UNLIKELY
        ):
            yield word.start, word.end


def likeness_of_run(run: str) -> float:
    """The likeness of a run, whole or as a family name and a given name."""
    model = shipped_likeness()
    best = model.logit(run)
    if script(run[0]) in ("CJK", "HANGUL") and 2 <= len(run) <= 5:
        for cut in range(1, min(3, len(run) - 1) + 1):
            best = max(best, (model.logit(run[:cut]) + model.logit(run[cut:])) / 2)
    return best


def _korean(word: str) -> int:
    """How many syllables of ``word`` are a name before its particle; 0 for none."""
    bare = _PARTICLES.sub("", word) if len(word) > 3 else word
    if len(bare) != 3 or bare[0] not in _KOREAN:
        return 0
    return len(bare) if shipped_likeness().logit(bare[1:]) > 0 else 0


def _is_foreign(text: str) -> bool:
    # One word of Chinese in an English sentence is mostly a name; in Chinese it is mostly not.
    letters = [mark for mark in text[:20_000] if is_letter(mark)]
    return 2 * sum(map(is_unspaced, letters)) < len(letters) or len(letters) <= 6
