"""What the keys and values of front matter are called on screen. A key that nobody named is said as it is written."""

from flask_babel import lazy_pgettext

FIELDS: dict[str, object] = {
    "title": lazy_pgettext("front matter", "Title"),
    "short_title": lazy_pgettext("front matter", "Short title"),
    "summary": lazy_pgettext("front matter", "Summary"),
    "goal": lazy_pgettext("front matter", "Goal"),
    "exit_criteria": lazy_pgettext("front matter", "Exit criteria"),
    "order": lazy_pgettext("front matter", "Order"),
    "owner": lazy_pgettext("front matter", "Owner"),
    "verify_every": lazy_pgettext("front matter", "To be verified every (days)"),
    "nature": lazy_pgettext("front matter", "Nature"),
    "for_whom": lazy_pgettext("front matter", "For whom"),
    "characteristics": lazy_pgettext("front matter", "Characteristics"),
    "limits": lazy_pgettext("front matter", "Limits"),
    "prices": lazy_pgettext("front matter", "Prices"),
    "competitors": lazy_pgettext("front matter", "Competitors"),
    "name": lazy_pgettext("front matter", "Name"),
    "value": lazy_pgettext("front matter", "Value"),
    "advantage": lazy_pgettext("front matter", "Advantage"),
    "benefit": lazy_pgettext("front matter", "Benefit"),
    "proof": lazy_pgettext("front matter", "Proof"),
    "motives": lazy_pgettext("front matter", "Motives"),
    "limit": lazy_pgettext("front matter", "Limit"),
    "answer": lazy_pgettext("front matter", "Answer"),
    "item": lazy_pgettext("front matter", "Item"),
    "amount": lazy_pgettext("front matter", "Amount"),
    "currency": lazy_pgettext("front matter", "Currency"),
    "unit": lazy_pgettext("front matter", "Unit"),
    "tax": lazy_pgettext("front matter", "Tax"),
    "vat_rate": lazy_pgettext("front matter", "VAT rate (%)"),
    "note": lazy_pgettext("front matter", "Note"),
    "strength": lazy_pgettext("front matter", "Strength"),
    "weakness": lazy_pgettext("front matter", "Weakness"),
    "variants": lazy_pgettext("front matter", "Other ways of saying it"),
    "category": lazy_pgettext("front matter", "Category"),
    "categories": lazy_pgettext("front matter", "Categories"),
    "steps": lazy_pgettext("front matter", "Steps"),
    "step": lazy_pgettext("front matter", "Step"),
    "sincerity": lazy_pgettext("front matter", "Sincerity"),
    "personas": lazy_pgettext("front matter", "Who says it"),
    "offers": lazy_pgettext("front matter", "Offers"),
    "terms": lazy_pgettext("front matter", "Words"),
    "term": lazy_pgettext("front matter", "Word"),
    "definition": lazy_pgettext("front matter", "Definition"),
    "abbreviation": lazy_pgettext("front matter", "Abbreviation"),
    "synonyms": lazy_pgettext("front matter", "Synonyms"),
    "intro": lazy_pgettext("front matter", "Introduction"),
    "pass_mark": lazy_pgettext("front matter", "Pass mark (%)"),
    "time_limit_minutes": lazy_pgettext("front matter", "Time limit (minutes)"),
    "questions": lazy_pgettext("front matter", "Questions"),
    "key": lazy_pgettext("front matter", "Key"),
    "type": lazy_pgettext("front matter", "Type"),
    "text": lazy_pgettext("front matter", "Text"),
    "options": lazy_pgettext("front matter", "Options"),
    "right": lazy_pgettext("front matter", "Right"),
    "feedback": lazy_pgettext("front matter", "Feedback"),
    "points": lazy_pgettext("front matter", "Points"),
    "read_again": lazy_pgettext("front matter", "To read again"),
    "accepted": lazy_pgettext("front matter", "Accepted answers"),
    "tolerance": lazy_pgettext("front matter", "Tolerance"),
    "if_true": lazy_pgettext("front matter", "Feedback to “true”"),
    "if_false": lazy_pgettext("front matter", "Feedback to “false”"),
    "if_right": lazy_pgettext("front matter", "Feedback to a right answer"),
    "if_wrong": lazy_pgettext("front matter", "Feedback to a wrong answer"),
}
VALUES: dict[tuple[str, str], object] = {
    ("nature", "product"): lazy_pgettext("front matter", "product"),
    ("nature", "service"): lazy_pgettext("front matter", "service"),
    ("tax", "excluded"): lazy_pgettext("front matter", "excluded"),
    ("tax", "included"): lazy_pgettext("front matter", "included"),
    ("sincerity", "founded"): lazy_pgettext("front matter", "founded"),
    ("sincerity", "unfounded"): lazy_pgettext("front matter", "unfounded"),
    ("sincerity", "insincere"): lazy_pgettext("front matter", "insincere"),
    ("type", "single"): lazy_pgettext("front matter", "one right option"),
    ("type", "multiple"): lazy_pgettext("front matter", "several right options"),
    ("type", "true_false"): lazy_pgettext("front matter", "true or false"),
    ("type", "numeric"): lazy_pgettext("front matter", "a number"),
    ("type", "short_answer"): lazy_pgettext("front matter", "a few words"),
}
TRUE, FALSE = lazy_pgettext("front matter", "true"), lazy_pgettext("front matter", "false")
YES, NO = lazy_pgettext("front matter", "yes"), lazy_pgettext("front matter", "no")
NEW_ORDER = lazy_pgettext("front matter", "order of the rows")


def field(key: str) -> str:
    """The name of a key."""
    return str(FIELDS[key]) if key in FIELDS else key.replace("_", " ").capitalize()


def value(key: str, given: object) -> str:
    """A value as a person reads it; nothing for none."""
    if given is None:
        return ""
    if isinstance(given, bool):
        if key == "answer":  # that of a question of true or false
            return str(TRUE if given else FALSE)
        return str(YES if given else NO)
    return str(VALUES.get((key, str(given)), given))
