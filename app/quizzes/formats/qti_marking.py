"""How a response to an item that we write is marked, and what is said to who is right and who is not."""

from app.quizzes.formats.model import ANYTHING, FULL, Question, Type

_TEMPLATES = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/"
RESPONSE = "RESPONSE"
TYPED = (Type.SHORT_ANSWER, Type.NUMERIC)
SCORE_BY_MAP = f'<setOutcomeValue identifier="SCORE"><mapResponse identifier="{RESPONSE}"/></setOutcomeValue>'
SHOW = (
    f'<setOutcomeValue identifier="FEEDBACK"><multiple><variable identifier="{RESPONSE}"/></multiple></setOutcomeValue>'
)
MAP = ("map_response", SCORE_BY_MAP)
_TELL = (
    '<responseCondition><responseIf><equal toleranceMode="absolute" tolerance="0.0001 0.0001">'
    '<variable identifier="SCORE"/><variable identifier="MAXSCORE"/></equal>'
    '<setOutcomeValue identifier="TOLD"><baseValue baseType="identifier">right</baseValue></setOutcomeValue>'
    "</responseIf><responseElse>"
    '<setOutcomeValue identifier="TOLD"><baseValue baseType="identifier">wrong</baseValue></setOutcomeValue>'
    "</responseElse></responseCondition>"
)


def told(question: Question) -> tuple[str, str]:
    """What is said to who is right, and to who is not, whatever they answered."""
    if question.type in TYPED:
        right = next((each.feedback for each in question.options if each.fraction == FULL), "")
        return right, next((each.feedback for each in question.options if each.text == ANYTHING), "")
    if question.type in (Type.SINGLE, Type.MULTIPLE, Type.TRUE_FALSE, Type.FREE_TEXT):
        return "", ""
    return question.if_right, question.if_wrong


def processing(question: Question, template: str, rules: str) -> str:
    """How the response is marked: by a template of the standard where nothing is said to the right and the wrong."""
    if not any(told(question)):
        if template:
            return f'<responseProcessing template="{_TEMPLATES}{template}"/>'
        return f"<responseProcessing>{rules}</responseProcessing>" if rules else ""
    return f"<responseProcessing>{rules}{_TELL}</responseProcessing>"


def all_when(test: str) -> str:
    """All the points when a test holds."""
    return (
        f"<responseCondition><responseIf>{test}"
        '<setOutcomeValue identifier="SCORE"><variable identifier="MAXSCORE"/></setOutcomeValue>'
        "</responseIf></responseCondition>"
    )
