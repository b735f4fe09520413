"""Signs that a sentence speaks to a language model, each a number from 0 to 1 or a small count."""

from __future__ import annotations

import math
import re

from coach.screening.normal import decoded, hidden_marks, mixes_scripts

_DROP = (
    r"ignor\w*|disregard\w*|forget|overrid\w*|override|bypass|abandon|set aside|drop|skip|cancel|"
    r"do(?:n't| not|nt) (?:follow|obey|heed)|no longer follow|pay no (?:heed|attention)|neglect|"
    r"vergiss\w*|vergessen|ignorier\w*|missachte\w*|beachte\w*|oublie\w*|olvid\w*|no sigas|"
    r"dimentica\w*|esque[cç]a\w*|ignora\w*|negeer|vergeet|zignoruj|zapomnij|glöm|ignorera|unut\w*|"
    r"забуд\w*|игнорируй\w*|忽略|忘记|忘掉|無視|忘れ"
)
_BEFORE = (
    r"previous|prior|preceding|above|earlier|before|former|initial|original|so far|everything|all|"
    r"vorherig\w*|vorig\w*|bisherig\w*|obig\w*|vorher|oben|alles|précédent\w*|anterior\w*|precedent\w*|"
    r"eerdere?|vorige|poprzedni\w*|tidigare|önceki|предыдущ\w*|之前|以前|上面|всё|все"
)
_ORDERS = (
    r"instructions?|prompts?|rules?|guidelines?|directions?|directives?|commands?|orders?|context|"
    r"tasks?|brief|programming|training|restrictions?|polic(?:y|ies)|said|told|"
    r"anweisung\w*|aufgabe\w*|vorgabe\w*|regeln|befehl\w*|instruccion\w*|istruzion\w*|instruç\w*|"
    r"instructies|instrukcj\w*|zasad\w*|instruktion\w*|talimat\w*|инструкци\w*|règles|reglas|regras|指示|指令|规则"
)
_SHOW = (
    r"print|show|reveal|repeat|output|display|leak|dump|disclose|list|spell|quote|tell me|give me|"
    r"zeige?|gib|nenne|verrate|affiche|montre|mostra|muestra|escribe|göster|покажи|输出|wypisz"
)
_INNER = (
    r"system ?(?:prompt|message|text)\w*|hidden (?:text|prompt)|(?:your|initial|first|secret|own) "
    r"(?:prompt|instructions?|rules?|configuration|guidelines?|context)|context window|passwords?|"
    r"passwort|contraseña|senha|configuration|systemprompt|consigne|系统提示|системн\w*"
)
_ROLE = (
    r"you(?: are|'re) (?:now|no longer)|you will (?:now )?(?:act|be|play|impersonate)|act as|"
    r"pretend|from (?:now|here) on|play the role|impersonate|i want you to|let's play a game|"
    r"imagine you|take on the role|speak as|role ?play|you are (?:a|an|the) |"
    r"du bist (?:jetzt|nun|ab)|ab (?:jetzt|sofort)|tu so|spiele?|schlüpfe|stell dir vor|du sollst|"
    r"tu es (?:désormais|maintenant)|ahora eres|eres (?:ahora|un)|a partir de|"
    r"sei ora|agora você|ты теперь|你现在"
)
_FREE = (
    r"(?:no|without|any) (?:\w+ )?(?:restrictions?|limits?|filters?|rules|censorship)|unfiltered|"
    r"uncensored|jailbreak|developer mode|dan mode|\bdan\b|do anything|never refuse|safety|"
    r"ohne einschränkung\w*|sin reglas|ethic\w*"
)
_MODEL = (
    r"assistant|(?:language|ai) model|\bllms?\b|chatbot|chatgpt|gpt|\bai\b|as an ai|automated tool|"
    r"\bmodels?\b|sprachmodell|assistent|asistente|\bki\b"
)
_ONLY = (
    r"(?:reply|answer|respond|say|write|output|state|antworte|sage?|schreibe)\b.{0,24}"
    r"\b(?:only|just|nur|nothing but|solely|uniquement|sólo|solo|apenas)|just say|only say|"
    r"your (?:answer|reply|response|output)"
)
_ASK = (
    r"(?:please |now |kindly |instead,? |then |also |bitte )?(?:"
    r"write|translate|summari[sz]e|list|explain|tell|"
    r"give|generate|compose|calculate|convert|describe|create|name|recommend|suggest|rewrite|draft|"
    r"encode|replace|reply|answer|respond|repeat|print|say|show|find|book|schedule|set|play|add|"
    r"make|help|provide|define|spell|identify|design|develop|plan|solve|inform|send|call|order|"
    r"schreibe?|erkläre?|nenne?|gib|übersetze?|sage?|erzähle?|zeige?|liste?|antworte|escribe|écris|"
    r"can you|could you|would you|will you|i need you|i want you|kannst du|können sie)\b"
)
_WONDER = (
    r"(?:what|who|whom|whose|where|when|why|how|which|is|are|do|does|did|can|could|should|will|"
    r"was|wer|wie|wo|warum|wann|welche\w*|ist|sind|kann|quel\w*|comment|cómo|qué)\b"
)
_MARKUP = (
    r"#{3,}|\[/?inst\]|<\|\w*|</?\s*(?:system|user|assistant|s|inst)>|\"role\"|<!--|-{3,}|={3,}|```"
)
_NEAR = r"(?:\W+\w+){0,5}?\W+"

_PATTERNS = {
    "drop_orders": rf"\b(?:{_DROP})(?:{_NEAR})(?:{_BEFORE})(?:{_NEAR})(?:{_ORDERS})",
    "drop": rf"\b(?:{_DROP})\b|忽略|忘记",
    "drop_near": rf"\b(?:{_DROP})(?:{_NEAR}|\s*)(?:{_ORDERS}|{_BEFORE})",
    "orders": rf"\b(?:{_ORDERS})\b",
    "before": rf"\b(?:{_BEFORE})\b",
    "show_inner": rf"\b(?:{_SHOW})\b.{{0,60}}(?:{_INNER})",
    "inner": rf"(?:{_INNER})",
    "role": rf"\b(?:{_ROLE})",
    "free": rf"(?:{_FREE})",
    "model": rf"(?:{_MODEL})",
    "only": rf"\b(?:{_ONLY})",
    "markup": rf"(?:{_MARKUP})",
    "asks": rf"^\W*(?:{_ASK})",
    "wonders": rf"^\W*(?:{_WONDER})",
    "link": r"https?:|www\.|\bclick\b|\.(?:com|example|net|org)\b",
    "self": r"\b(?:i|we|my|our|me|us|ich|wir|mein\w*)\b",
    "you": r"\b(?:you|your|du|dein\w*|dir|tu|tus|te)\b",
    "she": r"\b(?:he|she|they|his|her|him|their|them|er|sie)\b",
    "question": r"\?\W*$",
    "spoken": r"[\"“„«']",
}
_COMPILED = {name: re.compile(pattern) for name, pattern in _PATTERNS.items()}
_FIRM = tuple(_COMPILED[name] for name in ("drop_near", "show_inner"))

#: The order of ``cues``.
CUES = (*_PATTERNS, "hidden", "mixed", "encoded", "capitals", "figures", "length")


def cues(raw: str, text: str) -> list[float]:
    """One number for each of ``CUES``; ``text`` is ``raw`` as ``normal`` reads it."""
    letters = max(1, sum(map(str.isalpha, raw)))
    found = [float(pattern.search(text) is not None) for pattern in _COMPILED.values()]
    return [
        *found,
        min(1.0, hidden_marks(raw) / 3),
        float(mixes_scripts(raw)),
        float(bool(decoded(raw))),
        sum(map(str.isupper, raw)) / letters if letters > 7 else 0.0,
        sum(map(str.isdigit, raw)) / max(1, len(raw)),
        math.log1p(len(text)) / 6,
    ]


def is_reversed(text: str) -> bool:
    """Whether ``text`` gives orders to a model when it is read backwards, and only then."""
    backwards = text[::-1]
    return any(cue.search(backwards) and not cue.search(text) for cue in _FIRM)
