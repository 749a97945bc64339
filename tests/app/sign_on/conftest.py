"""A provider of identity on this machine, that a test can make hostile, and a server before it."""

import json
import shutil
import threading
import time
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from flask import Flask
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from app.positions.routes import serve_positions
from app.settings import EMBEDDED_DATA, Settings
from app.sign_on.routes import sign_on
from app.web.delivery import deliver
from layers.catalogue.layers import Catalogue
from layers.store.geopackage import GeoPackageStore

ATLAS = "http://atlas.test"
CLIENT = "atlas62-essai"
SECRET = "un secret de cet essai"  # noqa: S105 - of this test


class IdentityProvider:
    """What a provider does: it gives a code, changes it for a signed word, tells who it is."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "essai"})
        self.root = ""
        self.reset()

    def reset(self) -> None:
        self.person = {"sub": "42", "email": "a.dupont@exemple.fr", "given_name": "Ada",
                       "usual_name": "Dupont"}  # fmt: skip
        self.claims: dict = {}
        self.metadata: dict = {}
        self.told: dict = {}
        self.userinfo_signed_by = None
        self.sign = lambda claims: jwt.encode({"alg": "RS256", "kid": "essai"}, claims, self.key)
        self.asked: dict = {}
        self.codes: dict = {}
        self.ended: list = []

    def __call__(self, environ, start):
        request = Request(environ)
        answer = getattr(self, "_" + request.path.strip("/").replace("/", "_").replace(".", "_"))
        return answer(request)(environ, start)

    def _json(self, told, status=200):
        return Response(json.dumps(told), status, content_type="application/json")

    def __well_known(self):
        return {
            "issuer": self.root,
            "authorization_endpoint": f"{self.root}/authorize",
            "token_endpoint": f"{self.root}/token",
            "userinfo_endpoint": f"{self.root}/userinfo",
            "jwks_uri": f"{self.root}/jwks",
            "end_session_endpoint": f"{self.root}/end",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
        } | self.metadata

    def __well_known_openid_configuration(self, _):
        return self._json(self.__well_known())

    def __getattr__(self, name):
        if name == "__well-known_openid-configuration":
            return self.__well_known_openid_configuration
        raise AttributeError(name)

    def _jwks(self, _):
        return self._json({"keys": [self.key.as_dict(private=False)]})

    def authorize(self, address):
        """Let the person agree; return the way back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        self.asked = asked
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def _token(self, request):
        form = request.form
        if (request.authorization.username, request.authorization.password) != (CLIENT, SECRET):
            return self._json({"error": "invalid_client"}, 401)
        asked = self.codes.pop(form.get("code"), None)
        if asked is None or not form.get("code_verifier"):
            return self._json({"error": "invalid_grant"}, 400)
        now = int(time.time())
        claims = {"iss": self.root, "aud": CLIENT, "iat": now, "exp": now + 60,
                  "nonce": asked["nonce"], **self.person} | self.claims  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not None}
        return self._json({"access_token": "jeton", "token_type": "Bearer", "expires_in": 60,
                           "id_token": self.sign(claims)})  # fmt: skip

    def _userinfo(self, request):
        assert request.headers["Authorization"] == "Bearer jeton"
        told = {**self.person, **self.told}
        if self.userinfo_signed_by is None:
            return self._json(told)
        now = int(time.time())
        whole = {"iss": self.root, "aud": CLIENT, "iat": now, "exp": now + 60, **told}
        header = {"alg": "RS256", "kid": "essai"}
        text = jwt.encode(header, whole, self.userinfo_signed_by)
        return Response(text, content_type="application/jwt")


@pytest.fixture(scope="session")
def running_provider():
    provider = IdentityProvider()
    server = make_server("127.0.0.1", 0, provider, threaded=True)
    provider.root = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield provider
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def provider(running_provider):
    running_provider.reset()
    return running_provider


@pytest.fixture
def choices(provider, tmp_path):
    """Give the settings of an operator who has set the provider, with data of their own."""
    data, secret = tmp_path / "data", tmp_path / "secret"
    secret.write_text(f"{SECRET}\n", encoding="utf-8")
    data.mkdir()
    for path in EMBEDDED_DATA.iterdir():
        (data / path.name).symlink_to(path)
    (data / "positions.csv").unlink()
    shutil.copy(EMBEDDED_DATA / "positions.csv", data)
    return {
        "oidc": provider.root, "oidc_client": CLIENT, "oidc_secret": secret, "address": ATLAS,
        "data": data, "cache": tmp_path / "cache", "store": tmp_path / "magasin/atlas62.gpkg",
        "planners": "A.Dupont@exemple.fr, autre@exemple.fr", "operators": "chef@exemple.fr",
    }  # fmt: skip


@pytest.fixture
def make(choices, reference):
    """Make a server of the sign-on and the positions alone: it needs no map."""

    def made(**more):
        settings = Settings(**choices | more)
        server = Flask("connexion")
        permission = sign_on(
            server, settings, GeoPackageStore(settings.store, settings.store.parent / "sauvegardes")
        )
        catalogue = Catalogue(reference, settings.data)
        server.register_blueprint(serve_positions(catalogue, permission))
        deliver(server, [])
        server.permission = permission
        return server

    return made


@pytest.fixture
def server(make):
    return make()


class Browser:
    """Somebody with a visitor: it keeps cookies and says where a form comes from."""

    def __init__(self, server, provider):
        self.client = server.test_client()
        self.provider = provider

    def get(self, path, **query):
        return self.client.get(path, query_string=query, base_url=ATLAS)

    def post(self, path, origin=ATLAS, **form):
        return self.client.post(path, data=form, base_url=ATLAS, headers={"Origin": origin})

    def leave_for_provider(self, after="/"):
        return self.get("/connexion", suite=after).headers["Location"]

    def come_back(self, address):
        return self.client.get(address.removeprefix(ATLAS), base_url=ATLAS)

    def sign_on(self, after="/"):
        return self.come_back(self.provider.authorize(self.leave_for_provider(after)))


@pytest.fixture
def browse(request, provider):
    return lambda of=None: Browser(of or request.getfixturevalue("server"), provider)


@pytest.fixture
def visitor(browse):
    return browse()


@pytest.fixture(scope="session")
def foreign_key():
    return RSAKey.generate_key(2048, {"kid": "essai"})


@pytest.fixture(scope="session")
def shared_secret():
    return OctKey.import_key(SECRET)
