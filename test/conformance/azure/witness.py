"""azure-ai-ml, Microsoft's own client, as a witness. Arguments: the address of ARM, subscription, resource group and workspace.

For each line of JSON on its input it prints one: {"read": ENDPOINT} what it reads of an endpoint, {"whole": ENDPOINT} every field
that it knows of it and of its deployments, {"put": ENDPOINT, "fields": {...}} an endpoint that it makes or changes, and
{"put": ENDPOINT, "deployment": NAME, "fields": {...}} a deployment. It does not wait: whose time passes is not its own.
"""
import base64
import json
import os
import sys

ARM = sys.argv[1]
os.environ["AZUREML_DEV_URL_MFE"] = ARM

from azure.ai.ml import MLClient  # noqa: E402 (it reads the environment when it is loaded)
from azure.ai.ml.entities import ManagedOnlineDeployment, ManagedOnlineEndpoint  # noqa: E402
from azure.core.credentials import AccessToken  # noqa: E402


class Credential:
    def get_token(self, *_scopes, **_options):
        claims = json.dumps({"aud": ARM}, separators=(",", ":")).encode()
        body = base64.urlsafe_b64encode(claims).decode().rstrip("=")
        return AccessToken(f"head.{body}.signature", 4102444800)


subscription, group, workspace = sys.argv[2:5]
# The stand-in has no certificate.
client = MLClient(Credential(), subscription, group, workspace, enforce_https=False)
GROUP = {"resource_group_name": group, "workspace_name": workspace, "enforce_https": False}
LOCATION = "westeurope"


def read(name):
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
    return {"traffic": endpoint.traffic, "tags": endpoint.tags, "deployments": deployments}


def whole(name):
    """As its messages have it, which know more than its entities."""
    endpoint = client.online_endpoints._online_operation.get(endpoint_name=name, **GROUP)
    deployments = client.online_deployments._online_deployment.list(endpoint_name=name, **GROUP)
    return {"endpoint": endpoint.as_dict(), "deployments": {each.name: each.as_dict() for each in deployments}}


def put(name, deployment, fields):
    """Its entity, made into its message by itself."""
    if deployment is None:
        body = ManagedOnlineEndpoint(name=name, **fields)._to_rest_online_endpoint(location=LOCATION)
        operations, where = client.online_endpoints._online_operation, {"endpoint_name": name}
    else:
        entity = ManagedOnlineDeployment(name=deployment, endpoint_name=name, **fields)
        body = entity._to_rest_object(location=LOCATION)
        operations = client.online_deployments._online_deployment
        where = {"endpoint_name": name, "deployment_name": deployment}
    operations.begin_create_or_update(body=body, polling=False, **where, **GROUP).result()
    return {}


for line in sys.stdin:
    asked = json.loads(line)
    if "read" in asked:
        answer = read(asked["read"])
    elif "whole" in asked:
        answer = whole(asked["whole"])
    else:
        answer = put(asked["put"], asked.get("deployment"), asked["fields"])
    print(json.dumps(answer), flush=True)
