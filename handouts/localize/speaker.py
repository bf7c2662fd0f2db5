"""Says a message in the reader's language: finds it, places its facts, and remembers what was absent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from gettext import c2py
from typing import TYPE_CHECKING

from handouts.inheritance import odds
from handouts.languages import language
from handouts.localize import numbers
from handouts.localize.inline import foreign, runs
from handouts.model.condition import Age, AnyFact, Chance, Date, Number, Percent, Ratio, Token
from handouts.model.document import Line, Text
from handouts.model.markup import parse_markup
from handouts.problems import HandoutsError, Problem, did_you_mean

if TYPE_CHECKING:
    from handouts.languages import Language
    from handouts.model.message import Message, Translations

Values = Mapping[str, Line]


@dataclass(slots=True)
class Speaker:
    """Holds one language's words for one condition while its tree is built.

    For a `proof` alone, what is absent is said in English, as English.
    """

    language: Language
    messages: Mapping[tuple[str, str], Message]
    translations: Translations
    pattern: str
    proof: bool = False
    absent: list[Message] = field(default_factory=list)

    def say(self, domain: str, key: str, values: Values | None = None, count: int | None = None) -> Line:
        """The message as runs. An absent one is remembered and says nothing; the caller refuses the whole."""
        message = self.messages.get((domain, key))
        if message is None:
            hint = "copy it from the library that we ship: `handouts where labels.yaml` shows the file that wins"
            raise HandoutsError(Problem("missing-text", f"the library holds no text '{key}'", hint=hint))
        template, spoken = self._template(message, count), self.language
        if template is None:
            if message not in self.absent:
                self.absent.append(message)
            if not self.proof:
                return ()
            template, spoken = _english(message, count), language("en")
        said: list[Line] = []
        for piece in parse_markup(template):
            if piece.placeholder is None:
                said.append(runs(piece.words, spoken, strong=piece.strong))
            else:
                line = self._value(message, piece.placeholder, values or {})
                said.append(tuple(replace(text, strong=text.strong or piece.strong) for text in line))
        name = f"{domain}:{key}"
        return _bold_joined(tuple(replace(text, said=name) for line in said for text in line))

    def _value(self, message: Message, name: str, values: Values) -> Line:
        if name not in values:
            text = f"nothing is known to put at {{{name}}} in '{message.key}'"
            raise HandoutsError(Problem("unknown-placeholder", text, message.where, hint=did_you_mean(name, values)))
        return values[name]

    def _template(self, message: Message, count: int | None) -> str | None:
        if self.language.tag == "en":
            return _english(message, count)
        forms = self.translations.by_key.get((message.domain, message.key))
        if forms is None:
            return None
        if message.plural is None:
            return forms[0]
        assert count is not None, f"{message.key} counts something"
        return forms[c2py(self.translations.plural_rule[message.domain])(count)]

    def label(self, key: str, **values: Line) -> Line:
        """One of the handout's own words."""
        return self.say("shared", f"label.{key}", values)

    def number(self, value: float) -> Line:
        """A number in the reader's digits."""
        return runs(numbers.number(value, self.language), self.language)

    def ratio(self, count: int, total: int) -> Line:
        """Odds or a frequency, such as 1 in 2; its words stay on one line of a text."""
        return _together(self.ratio_of_cell(count, total))

    def ratio_of_cell(self, count: int, total: int) -> Line:
        """The same for a narrow column, in which it may need two lines."""
        return self.label("number.ratio", count=self.number(count), total=self.number(total))

    def fact(self, fact: AnyFact) -> Line:
        """A typed fact in the reader's words."""
        match fact:
            case Ratio():
                return self.ratio(fact.count, fact.total)
            case Chance():
                outcome = odds(self.pattern, fact.parents, fact.status, fact.child)
                return self.ratio(outcome.count, outcome.total)
            case Number():
                return self.number(fact.value)
            case Percent():
                return runs(numbers.percent(fact.share, self.language), self.language)
            case Age():
                return runs(numbers.age(fact.years, fact.months, self.language), self.language)
            case Token():
                return foreign(fact.value, "en")
            case Date():
                return runs(numbers.date(fact.value, self.language), self.language)


def _english(message: Message, count: int | None) -> str:
    return message.source if message.plural is None or count == 1 else message.plural


MOST_TOGETHER = 24
"""A phrase with more letters may be broken over lines: in large print, it would leave half of one empty."""


def _together(line: Line) -> Line:
    """`line` with spaces at which no line ends, if it is short."""
    if sum(len(text.value) for text in line) > MOST_TOGETHER:
        return line
    return tuple(replace(text, value=text.value.replace(" ", "\u00a0")) for text in line)


def _bold_joined(line: Line) -> Line:
    """`line` with neighbouring bold runs of one language as one, so that they break over lines as one text."""
    joined: list[Text] = []
    for text in line:
        last = joined[-1] if joined else None
        if last is not None and last.strong and replace(text, value=last.value) == last:
            joined[-1] = replace(last, value=last.value + text.value)
        else:
            joined.append(text)
    return tuple(joined)
