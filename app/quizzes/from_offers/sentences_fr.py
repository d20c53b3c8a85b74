"""The French sentences of questions made from offers."""

from app.quizzes.from_offers.wording import Asked, Wording

FRENCH = Wording(
    language="fr",
    bank="Questions sur l’offre {offer}",
    follows="L’offre {offer} a changé.",
    advantages=Asked(
        "{offer} : les avantages",
        "{offer} : associez chaque caractéristique à l’avantage qu’elle apporte au client.",
        "Vous passez de la caractéristique à l’avantage : c’est lui que le client retient.",
        "Une caractéristique seule n’est qu’une donnée. Retenez chacune avec l’avantage qui va avec.",
    ),
    proofs=Asked(
        "{offer} : les preuves",
        "{offer} : associez chaque caractéristique à la preuve que vous pouvez montrer.",
        "Vous avez de quoi prouver ce que vous avancez.",
        "Un avantage sans preuve reste une promesse. Retenez pour chacun ce que vous pouvez montrer.",
    ),
    weaknesses=Asked(
        "{offer} : le point faible de chaque concurrent",
        "Face à {offer}, quel est le point faible de chaque concurrent ?",
        "Vous savez où la comparaison tourne à votre avantage.",
        "Revoyez le tableau de la concurrence avant votre prochain rendez-vous.",
    ),
    objections=Asked(
        "{offer} : répondre aux arguments des concurrents",
        "{offer} : un client vous cite le point fort d’un concurrent. Que répondez-vous à chacun ?",
        "À chaque argument, sa réponse.",
        "Chaque concurrent a son argument, et chaque argument sa réponse. Revoyez le tableau de la concurrence.",
    ),
    limit_answers=Asked(
        "{offer} : répondre à une limite",
        "{offer} : associez chaque limite à ce que vous répondez.",
        "Une limite annoncée avec sa réponse inspire confiance.",
        "Une limite se dit d’emblée, avec ce que l’on propose à la place.",
    ),
    its_proof="La preuve : « {proof} »",
    it_proves="L’avantage à prouver : « {advantage} »",
    what_you_answer="Ce que vous répondez : « {answer} »",
    its_weakness="Son point faible : « {weakness} »",
    price={
        "excluded": Asked(
            "Prix HT : {item}",
            "{offer} : quel prix hors taxes annoncez-vous pour « {item} »{unit} ?",
            "« {item} » : {excluded} HT{unit}.",
            "« {item} » : {excluded} HT{unit}.",
        ),
        "included": Asked(
            "Prix TTC : {item}",
            "{offer} : quel prix toutes taxes comprises annoncez-vous pour « {item} »{unit} ?",
            "« {item} » : {included} TTC{unit}.",
            "« {item} » : {included} TTC{unit}.",
        ),
    },
    other_tax={
        "excluded": "C’est le prix TTC. On vous demande le prix hors taxes.",
        "included": "C’est le prix hors taxes. On vous demande le prix TTC.",
    },
    taxed={
        "excluded": Asked(
            "Du HT au TTC : {item}",
            "{offer}, « {item} » : {excluded} HT{unit}. La TVA est à {rate} %. Quel est le prix TTC ?",
            "{excluded} × {factor} = {included}.",
            "On multiplie le prix HT par {factor} : {excluded} × {factor} = {included}.",
        ),
        "included": Asked(
            "Du TTC au HT : {item}",
            "{offer}, « {item} » : {included} TTC{unit}. La TVA est à {rate} %. Quel est le prix HT ?",
            "{included} ÷ {factor} = {excluded}.",
            "On divise le prix TTC par {factor} : {included} ÷ {factor} = {excluded}.",
        ),
    },
    not_taxed={
        "excluded": "C’est le prix hors taxes : ajoutez la TVA.",
        "included": "C’est le prix TTC : retirez la TVA.",
    },
    taken_off="Vous avez retiré {rate} % du prix TTC. La TVA se calcule sur le HT : on divise par {factor}.",
    figure=Asked(
        "Le bon chiffre : {name}",
        "{offer} : quel nombre manque ? « {name} : {blanked} »",
        "« {name} : {value} ». {advantage}",
        "« {name} : {value} ». {advantage}",
    ),
    value=Asked(
        "La bonne valeur : {name}",
        "{offer} : que dit la fiche à la ligne « {name} » ?",
    ),
    value_here="« {name} : {value} ». {advantage}",
    value_there="C’est la fiche {sibling}. Ici : « {name} : {value} ».",
    sheet=Asked(
        "{offer} : compléter la fiche",
        "{offer} : quelle valeur va à quelle ligne de la fiche ?",
        "La fiche est juste de bout en bout.",
        "Ces valeurs sont celles que le client vérifie. Relisez la fiche ligne à ligne.",
    ),
    sheet_line="{name} : [[{number}]]",
    limit=Asked(
        "Une limite ? {limit}",
        "Vrai ou faux : la fiche {offer} annonce cette limite. « {limit} »",
        "Oui. Ce que vous répondez : « {answer} »",
        "C’est bien une limite, à dire avant que le client la découvre. Ce que vous répondez : « {answer} »",
    ),
    foreign_limit=Asked(
        "Une limite ? {limit}",
        "Vrai ou faux : la fiche {offer} annonce cette limite. « {limit} »",
        "En effet : c’est la fiche {sibling} qui l’annonce. « {limit} »",
        "Non : c’est la fiche {sibling} qui l’annonce. « {limit} »",
    ),
    foreign_value=Asked(
        "Vrai ou faux : {name}",
        "Vrai ou faux : on lit sur la fiche {offer} « {name} : {foreign} ».",
        "En effet, cela vient de la fiche {sibling}. Ici : « {name} : {value} ».",
        "Non, cela vient de la fiche {sibling}. Ici : « {name} : {value} ».",
    ),
    need=Asked(
        "Quelle offre ? {name}",
        "Voici ce qui compte pour un client : « {advantage} » Quelle offre lui présentez-vous ?",
        "{offer}, « {name} » : {advantage}",
    ),
    need_there="{sibling} : {summary} Ce que le client demande est à la ligne « {name} » de la fiche {offer}.",
    tags={
        "characteristics": "caractéristiques",
        "limits": "limites",
        "prices": "prix",
        "competitors": "concurrence",
    },
)
