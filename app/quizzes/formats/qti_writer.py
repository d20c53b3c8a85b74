"""Writing a QTI 2.1 package: one file an item, and the manifest that names them in order."""

import io
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from xml.sax.saxutils import escape, quoteattr

from app.quizzes.formats import qti_items, qti_package
from app.quizzes.formats.losses import keep, tidy
from app.quizzes.formats.model import FULL, Question, Type, Written

NAME = "QTI"
_AT = (2000, 1, 1, 0, 0, 0)  # so that the same questions give the same bytes


def write(questions: Iterable[Question]) -> Written:
    """A package, and what it could not carry."""
    kept = keep(questions, kept_of, NAME)
    packed = io.BytesIO()
    resources = []
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for number, question in enumerate(kept.questions, start=1):
            path = f"items/{number:05}-{question.key[:60]}.xml"
            _add(package, path, qti_items.item(question))
            resources.append(_resource(number, path, question.tags))
        _add(package, qti_package.MANIFEST, _MANIFEST.format(resources="\n".join(resources)))
    return Written(packed.getvalue(), kept.losses, kept.left_out)


def kept_of(question: Question) -> Question | str:
    """What QTI keeps of a question: what is read again of its item."""
    if question.type is Type.CALCULATED:
        return "a question of the type calculated"
    known = qti_items.prepared(tidy(question))
    if known.type is Type.SHORT_ANSWER and not any(each.fraction == FULL for each in known.options):
        return "a short answer in which every right answer has a wildcard"
    reading = qti_package.read(qti_items.item(known).encode())
    if not reading.questions:
        return reading.problems[0].what
    # The tags stand in the manifest; the line is that of the item.
    return replace(
        reading.questions[0],
        key=question.key,
        line=question.line,
        tags=known.tags,
        points=known.points if known.points else FULL,
    )


def _add(package: zipfile.ZipFile, path: str, text: str) -> None:
    entry = zipfile.ZipInfo(path, _AT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    package.writestr(entry, text.encode())


def _resource(number: int, path: str, tags: tuple[str, ...]) -> str:
    words = "".join(f"<imsmd:keyword><imsmd:string>{escape(each)}</imsmd:string></imsmd:keyword>" for each in tags)
    about = f"<metadata><imsmd:lom><imsmd:general>{words}</imsmd:general></imsmd:lom></metadata>" if words else ""
    return (
        f'<resource identifier="R{number}" type="imsqti_item_xmlv2p1" href={quoteattr(path)}>'
        f"{about}<file href={quoteattr(path)}/></resource>"
    )


_MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="palier"
 xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:imsmd="http://ltsc.ieee.org/xsd/LOM">
<metadata><schema>QTIv2.1 Package</schema><schemaversion>1.0.0</schemaversion></metadata>
<organizations/>
<resources>
{resources}
</resources>
</manifest>
"""
