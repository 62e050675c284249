"""What all records share: frozen, and no field that is not declared. Ground."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict
from pydantic_core import PydanticCustomError

from atlas.model.fields import Language, Slug

TITLE_LENGTH = 120
CLAIM_LENGTH = 120


class Record(BaseModel):
    """What all records share: frozen, and no field that is not declared."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


def _no_repeats(values: tuple[str, ...]) -> tuple[str, ...]:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            context = {
                "message": f"`{value}` stands here more than once",
                "hint": "keep one of them",
            }
            raise PydanticCustomError("repeated-value", "{message}", context)
        seen.add(value)
    return values


Languages = Annotated[tuple[Language, ...], AfterValidator(_no_repeats)]
Slugs = Annotated[tuple[Slug, ...], AfterValidator(_no_repeats)]
