"""What azure-ai-ml reads of an endpoint: for each name on a line of the input, a line of JSON. Argument: the address of ARM."""
import base64
import json
import os
import sys

ARM = sys.argv[1]
os.environ["AZUREML_DEV_URL_MFE"] = ARM

from azure.ai.ml import MLClient  # noqa: E402 (it reads the environment when it is loaded)
from azure.core.credentials import AccessToken  # noqa: E402


class Credential:
    def get_token(self, *_scopes, **_options):
        claims = json.dumps({"aud": ARM}, separators=(",", ":")).encode()
        body = base64.urlsafe_b64encode(claims).decode().rstrip("=")
        return AccessToken(f"head.{body}.signature", 4102444800)


subscription, group, workspace = sys.argv[2:5]
# The stand-in has no certificate.
client = MLClient(Credential(), subscription, group, workspace, enforce_https=False)
for line in sys.stdin:
    name = line.strip()
    endpoint = client.online_endpoints.get(name)
    deployments = [
        {
            "name": each.name,
            "tags": each.tags,
            "model": each.model,
            "instanceType": each.instance_type,
            "instances": each.instance_count,
        }
        for each in client.online_deployments.list(name)
    ]
    read = {"traffic": endpoint.traffic, "tags": endpoint.tags, "deployments": deployments}
    print(json.dumps(read), flush=True)
