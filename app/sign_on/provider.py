"""The provider of identity: OpenID Connect with a code, PKCE, state and nonce, all by authlib.

What it signs is held against its own keys and an algorithm with a public key; issuer, audience,
nonce and time against what was asked. ProConnect tells who somebody is as a signed text of its own.
"""

import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Any, Final
from urllib.parse import urlencode

import requests
import structlog
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Flask, Response, session
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from app.secret import read_secret
from app.settings import Settings

ALGORITHMS: Final = (
    "RS256",
    "ES256",
    "PS256",
    "RS384",
    "ES384",
    "PS384",
    "RS512",
    "ES512",
    "PS512",
)
"""With a public key: neither « none » nor one of a secret that a client shares."""
SECONDS: Final = 10
"""For each answer of the provider."""
SILENCE: Final = 5.0
"""Seconds for which one that does not answer is not asked again."""
LEEWAY: Final = 60
"""Seconds by which its clock may differ from ours."""
KEPT: Final = ("iss", "sub", "email", "email_verified", "name", "given_name", "usual_name",
               "family_name")  # fmt: skip
"""Claims that are kept of a person; beside them the one that tells roles."""
SIGNED: Final = "application/jwt"
COOKIE: Final = "atlas62-entree"
"""Of who is on the way to the provider and back."""
UNKNOWN: Final = (
    "Le fournisseur d’identité n’a pas pu être joint, ou sa réponse n’est pas utilisable."
)
REFUSED: Final = (
    "La connexion a été refusée : la réponse du fournisseur d’identité ne répond pas à cette "
    "demande, ou n’est plus valable. Recommencez."
)
FAILURES: Final = (
    AuthlibBaseError, JoseError, requests.RequestException, KeyError, TypeError, ValueError,
    RuntimeError,
)  # fmt: skip
"""Of libraries over what a provider answers, which can be anything."""

log = structlog.get_logger("app.sign_on.provider")


class SignOnError(Exception):
    """Somebody cannot be signed on; the message is a French sentence."""


class Provider:
    """The provider that the operator has set.

    Parameters
    ----------
    server
        Keeps state and nonce in a signed cookie of its own while somebody is away.
    settings
        Say which provider, and who we are to it.
    """

    def __init__(self, server: Flask, settings: Settings) -> None:
        self._issuer = settings.oidc.rstrip("/")
        self._kept = (*KEPT, settings.oidc_claim)
        self._silent_until = 0.0
        server.secret_key = read_secret(settings.sign_on_folder)
        server.config.update(
            SESSION_COOKIE_NAME=COOKIE,
            SESSION_COOKIE_SAMESITE="Lax",
            SESSION_COOKIE_SECURE=settings.public_address.startswith("https:"),
            SESSION_COOKIE_PATH=f"{settings.root}/",
        )
        self._client = OAuth(server).register(
            "oidc",
            client_id=settings.oidc_client,
            client_secret=Path(settings.oidc_secret).read_text(encoding="utf-8").strip(),
            server_metadata_url=f"{self._issuer}/.well-known/openid-configuration",
            client_kwargs={
                "scope": settings.oidc_scopes,
                "code_challenge_method": "S256",
                "default_timeout": SECONDS,
                "leeway": 0,  # ProConnect's word lasts sixty seconds, which are all left by default
            },
        )

    def send(self, back: str) -> Response:
        """Return the way to the provider.

        Parameters
        ----------
        back
            Address that it sends the person back to.
        """
        try:
            self._metadata()
            answer: Response = self._client.authorize_redirect(back)
        except FAILURES as error:
            raise self._told(error, UNKNOWN) from error
        return answer

    def receive(self) -> tuple[Mapping[str, Any], str]:
        """Return what the provider says of who comes back, and its signed word, for the way out.

        Raises
        ------
        SignOnError
            The answer is not to what was asked from this browser, or is not valid.
        """
        try:
            issuer = self._metadata()["issuer"]
            wanted = {
                "iss": {"essential": True, "value": issuer},
                "aud": {"essential": True, "value": self._client.client_id},
            }
            token = self._client.authorize_access_token(claims_options=wanted, leeway=LEEWAY)
            claims = dict(token["userinfo"])
            told = self._userinfo(token)
            if told.get("sub", claims["sub"]) != claims["sub"]:
                raise ValueError("userinfo of somebody else")
        except FAILURES as error:
            raise self._told(error, REFUSED) from error
        finally:
            session.clear()
        # who it is and who says so is the signed word's to tell
        claims = told | claims
        return {name: claims[name] for name in self._kept if name in claims}, token["id_token"]

    def way_out(self, id_token: str, back: str) -> str:
        """Return the address that ends the visit at the provider too; ours where it has none.

        Parameters
        ----------
        back
            Where the provider sends the person then.
        """
        with suppress(*FAILURES):
            end = self._metadata().get("end_session_endpoint")
            if isinstance(end, str) and end:
                asked = {
                    "id_token_hint": id_token,
                    "post_logout_redirect_uri": back,
                    "state": secrets.token_urlsafe(16),
                }
                return f"{end}{'&' if '?' in end else '?'}{urlencode(asked)}"
        return back

    def _metadata(self) -> dict[str, Any]:
        """Return what the provider says of itself, which must be the one that is set."""
        if monotonic() < self._silent_until:
            raise ValueError("asked a moment ago, in vain")  # who asks again holds no thread
        try:
            said: dict[str, Any] = self._client.load_server_metadata()
        except FAILURES:
            self._silent_until = monotonic() + SILENCE
            raise
        if str(said["issuer"]).rstrip("/") != self._issuer:
            self._client.server_metadata.clear()
            raise ValueError(f"issuer {said['issuer']!r} is not {self._issuer!r}")
        offered = said.get("id_token_signing_alg_values_supported") or ["RS256"]
        said["id_token_signing_alg_values_supported"] = [
            name for name in offered if name in ALGORITHMS
        ]
        return said

    def _userinfo(self, token: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the provider tells beside the signed word; nothing where it tells no more."""
        address = self._metadata().get("userinfo_endpoint")
        if not address:
            return {}
        answer = self._client.get(address, token=token)
        answer.raise_for_status()
        if answer.headers.get("Content-Type", "").partition(";")[0].strip() != SIGNED:
            told: dict[str, Any] = answer.json()
            return dict(told)
        keys = KeySet.import_key_set(self._client.fetch_jwk_set())
        signed = jwt.decode(answer.text, keys, algorithms=[*ALGORITHMS])
        wanted = jwt.JWTClaimsRegistry(
            leeway=LEEWAY,
            iss={"essential": True, "value": self._metadata()["issuer"]},
            aud={"essential": True, "value": self._client.client_id},
        )
        wanted.validate(signed.claims)
        return dict(signed.claims)

    def _told(self, error: Exception, sentence: str) -> SignOnError:
        # nothing of a person, nor of a token, stands in the name of an error
        log.warning("sign-on refused", reason=type(error).__name__, detail=str(error)[:200])
        return SignOnError(sentence)
