"""Google's own client of Vertex AI as a witness. Arguments: the address of the API, a token, the project and the location.

For each line of JSON on its input it prints one: {"read": ENDPOINT} what it reads of an endpoint and of the model of that name,
{"make": ENDPOINT, "fields": {...}, "images": [...]} an endpoint that it makes with a model for each image, {"whole": ENDPOINT}
every field that it knows of an endpoint, and {"judge": [...]} what of our requests Google's types do not take.
"""
import json
import logging
import os
import sys

# Google's client writes what it does to the output, which is for the answers.
ANSWERS = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)

from google.cloud import aiplatform  # noqa: E402
from google.cloud.aiplatform_v1 import Endpoint  # noqa: E402
from google.oauth2.credentials import Credentials  # noqa: E402
from google.protobuf import json_format  # noqa: E402
from judge import problems_of  # noqa: E402

logging.disable(logging.INFO)
ADDRESS, TOKEN, PROJECT, LOCATION = sys.argv[1:5]
PARENT = f"projects/{PROJECT}/locations/{LOCATION}"
aiplatform.init(
    project=PROJECT,
    location=LOCATION,
    api_endpoint=ADDRESS,
    api_transport="rest",
    credentials=Credentials(TOKEN),
)


def endpoint_of(name):
    return aiplatform.Endpoint(f"{PARENT}/endpoints/{name}")


def read(name):
    found = endpoint_of(name)
    models = aiplatform.models.ModelRegistry(f"{PARENT}/models/{name}").list_versions()
    return {
        "traffic": dict(found.traffic_split),
        "labels": dict(found.labels),
        "deployed": [
            {"id": each.id, "version": each.display_name, "number": each.model_version_id}
            for each in found.list_models()
        ],
        "candidates": {
            each.name: dict(each.labels)
            for each in aiplatform.Endpoint.list(filter=f'labels.ml-deploy-endpoint="{name}" AND labels.ml-deploy-role="candidate"')
        },
        "versions": {
            each.version_id: dict(aiplatform.Model(f"{PARENT}/models/{name}@{each.version_id}").labels)
            for each in models
        },
    }


def make(name, fields, images):
    """By the resource's own message where the constructor has no argument for a field."""
    client = aiplatform.Endpoint._instantiate_client(location=LOCATION)
    wanted = Endpoint.from_json(json.dumps(fields))
    client.create_endpoint(parent=PARENT, endpoint=wanted, endpoint_id=name).result()
    endpoint = endpoint_of(name)
    for at, image in enumerate(images):
        model = aiplatform.Model.upload(
            display_name=f"made-by-hand-{at}",
            serving_container_image_uri=image,
            serving_container_predict_route="/predict",
            serving_container_health_route="/health",
            serving_container_ports=[8080],
            labels={"owner": "risk"},
        )
        endpoint.deploy(
            model,
            deployed_model_display_name=f"by-hand-{at}",
            machine_type="n1-standard-4",
            min_replica_count=1,
            max_replica_count=3,
            autoscaling_target_cpu_utilization=70,
            service_account="serving@acme-prod.iam.gserviceaccount.com",
            traffic_percentage=100,
        )
    return whole(name)


def whole(name):
    return json_format.MessageToDict(endpoint_of(name).gca_resource._pb)


for line in sys.stdin:
    asked = json.loads(line)
    if "read" in asked:
        answer = read(asked["read"])
    elif "make" in asked:
        answer = make(asked["make"], asked["fields"], asked["images"])
    elif "whole" in asked:
        answer = whole(asked["whole"])
    else:
        answer = [problem for request in asked["judge"] for problem in problems_of(request)]
    print(json.dumps(answer), file=ANSWERS, flush=True)
