"""The settings of the sign-on: which provider of identity, who we are to it, and who may what."""

from typing import Final, Literal

from pydantic import Field, FilePath
from pydantic_settings import BaseSettings

NAME: Final = r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:\d{1,5})?"
"""Pattern of the name of a server, with a port or without."""
NOTHING: Final = "aucun"
_HERE: Final = r"http://(127\.0\.0\.1|localhost)(:\d+)?/?"
_PEOPLE: Final = "des adresses électroniques, des virgules entre elles"


class SignOnSettings(BaseSettings):
    """What the operator says of the sign-on; a part of :class:`app.settings.Settings`."""

    oidc: str = Field(
        default=NOTHING,
        pattern=rf"^({NOTHING}|https://{NAME}(/[^\s?#]*)?|{_HERE})$",
        description=f"{NOTHING}, ou l’adresse (https) d’un fournisseur OpenID Connect",
    )
    oidc_client: str = Field(
        default=NOTHING, min_length=1, description="l’identifiant donné par le fournisseur"
    )
    oidc_secret: FilePath | Literal["aucun"] = Field(
        default=NOTHING, description="un fichier qui contient le secret donné par le fournisseur"
    )
    oidc_scopes: str = Field(
        default="openid profile email",
        pattern=r"^openid( [!-~]+)*$",
        description="openid, puis d’autres portées, des espaces entre elles",
    )
    oidc_claim: str = Field(
        default=NOTHING, min_length=1, description="le nom de l’information qui dit le rôle"
    )
    planners: str = Field(default=NOTHING, min_length=1, description=_PEOPLE)
    operators: str = Field(default=NOTHING, min_length=1, description=_PEOPLE)
    sign_on_hours: int = Field(default=8, ge=1, le=24, description="un entier de 1 à 24")

    @property
    def signs_on(self) -> bool:
        """Whether people sign on, at a provider of identity."""
        return self.oidc != NOTHING

    @property
    def provider_lacks(self) -> tuple[str, ...]:
        """Names of the settings that a provider needs and that are not told."""
        needed = ("oidc_client", "oidc_secret")
        return tuple(name for name in needed if getattr(self, name) == NOTHING)
