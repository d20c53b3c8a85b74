"""The English sentences of questions made from offers."""

from app.quizzes.from_offers.wording import Asked, Wording

ENGLISH = Wording(
    language="en",
    bank="Questions on the offer {offer}",
    follows="The offer {offer} changed.",
    advantages=Asked(
        "{offer}: the advantages",
        "{offer}: match each characteristic with the advantage it brings to the customer.",
        "You go from the characteristic to the advantage: that is what the customer remembers.",
        "A characteristic alone is only data. Learn each one together with its advantage.",
    ),
    proofs=Asked(
        "{offer}: the proofs",
        "{offer}: match each characteristic with the proof you can show.",
        "You can prove what you claim.",
        "An advantage without proof is only a promise. Learn what you can show for each one.",
    ),
    weaknesses=Asked(
        "{offer}: each competitor’s weak point",
        "Against {offer}, what is each competitor’s weak point?",
        "You know where the comparison turns in your favour.",
        "Go back to the table of competitors before your next meeting.",
    ),
    objections=Asked(
        "{offer}: answering competitors’ arguments",
        "{offer}: a customer quotes a competitor’s strong point. What do you answer to each?",
        "To each argument, its answer.",
        "Each competitor has an argument, and each argument an answer. Go back to the table of competitors.",
    ),
    limit_answers=Asked(
        "{offer}: answering a limit",
        "{offer}: match each limit with what you answer.",
        "A limit that you announce together with its answer builds trust.",
        "Say a limit up front, together with what you offer instead.",
    ),
    its_proof="The proof: “{proof}”",
    it_proves="The advantage to prove: “{advantage}”",
    what_you_answer="What you answer: “{answer}”",
    its_weakness="Its weak point: “{weakness}”",
    price={
        "excluded": Asked(
            "Price before tax: {item}",
            "{offer}: what price before tax do you quote for “{item}”{unit}?",
            "“{item}”: {excluded} before tax{unit}.",
            "“{item}”: {excluded} before tax{unit}.",
        ),
        "included": Asked(
            "Price with tax: {item}",
            "{offer}: what price, tax included, do you quote for “{item}”{unit}?",
            "“{item}”: {included} tax included{unit}.",
            "“{item}”: {included} tax included{unit}.",
        ),
    },
    other_tax={
        "excluded": "That is the price with tax. The price before tax is asked for.",
        "included": "That is the price before tax. The price with tax is asked for.",
    },
    taxed={
        "excluded": Asked(
            "Adding VAT: {item}",
            "{offer}, “{item}”: {excluded} before tax{unit}. VAT is {rate}%. What is the price with tax?",
            "{excluded} × {factor} = {included}.",
            "Multiply the price before tax by {factor}: {excluded} × {factor} = {included}.",
        ),
        "included": Asked(
            "Taking VAT out: {item}",
            "{offer}, “{item}”: {included} tax included{unit}. VAT is {rate}%. What is the price before tax?",
            "{included} ÷ {factor} = {excluded}.",
            "Divide the price with tax by {factor}: {included} ÷ {factor} = {excluded}.",
        ),
    },
    not_taxed={
        "excluded": "That is the price before tax: add VAT.",
        "included": "That is the price with tax: take VAT out.",
    },
    taken_off="You took {rate}% off the price with tax. VAT is a share of the price before tax: divide by {factor}.",
    figure=Asked(
        "The right figure: {name}",
        "{offer}: which number is missing? “{name}: {blanked}”",
        "“{name}: {value}”. {advantage}",
        "“{name}: {value}”. {advantage}",
    ),
    value=Asked(
        "The right value: {name}",
        "{offer}: what does the sheet say under “{name}”?",
    ),
    value_here="“{name}: {value}”. {advantage}",
    value_there="That is the sheet of {sibling}. Here: “{name}: {value}”.",
    sheet=Asked(
        "{offer}: completing the sheet",
        "{offer}: which value goes with which line of the sheet?",
        "The sheet is right from top to bottom.",
        "These are the values that a customer checks. Read the sheet again, line by line.",
    ),
    sheet_line="{name}: [[{number}]]",
    limit=Asked(
        "A limit? {limit}",
        "True or false: the sheet of {offer} announces this limit. “{limit}”",
        "Yes. What you answer: “{answer}”",
        "It is one of its limits, to be told before the customer finds out. What you answer: “{answer}”",
    ),
    foreign_limit=Asked(
        "A limit? {limit}",
        "True or false: the sheet of {offer} announces this limit. “{limit}”",
        "Indeed: it is on the sheet of {sibling}. “{limit}”",
        "No: it is on the sheet of {sibling}. “{limit}”",
    ),
    foreign_value=Asked(
        "True or false: {name}",
        "True or false: the sheet of {offer} says “{name}: {foreign}”.",
        "Indeed, that is on the sheet of {sibling}. Here: “{name}: {value}”.",
        "No, that is on the sheet of {sibling}. Here: “{name}: {value}”.",
    ),
    need=Asked(
        "Which offer? {name}",
        "This is what matters to a customer: “{advantage}” Which offer do you present?",
        "{offer}, “{name}”: {advantage}",
    ),
    need_there="{sibling}: {summary} What the customer asks for is under “{name}” on the sheet of {offer}.",
    tags={
        "characteristics": "characteristics",
        "limits": "limits",
        "prices": "prices",
        "competitors": "competitors",
    },
)
