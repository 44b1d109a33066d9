"""What ``doctor`` finds out about the optional language model. Asks for its list of models alone."""

from collections.abc import Iterator

from sendwatch.commands.findings import Finding
from sendwatch.model_endpoint import ModelFailed, list_models
from sendwatch.model_settings import NO_NAME, ModelSettings

SECONDS = 5.0


def model_findings(settings: ModelSettings | None, *, offline: bool) -> Iterator[Finding]:
    """Nothing while no model is set; else whether it answers and lists the one that is named."""
    if settings is None or offline:
        return
    try:
        listed = list_models(settings, seconds=min(SECONDS, settings.seconds))
    except ModelFailed as failed:
        advice = (
            "start it, check SENDWATCH_MODEL_URL and SENDWATCH_MODEL_KEY, or unset SENDWATCH_MODEL_URL; "
            "alerts go out without it"
        )
        yield Finding("language model", "wrong", f"{settings.url}: {failed}", advice)
        return
    if listed.keeps_a_list and settings.name not in listed.names:
        names = ", ".join(listed.names[:5]) or "none"
        advice = "set SENDWATCH_MODEL_NAME to one that it lists"
        state = "note" if settings.name == NO_NAME else "wrong"
        yield Finding(
            "language model", state, f"it does not list {settings.name!r}; it lists {names}", advice
        )
        return
    yield Finding("language model", "ok", f"{settings.name} at {settings.url} answers")
