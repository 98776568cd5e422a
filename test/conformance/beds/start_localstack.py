"""LocalStack's own control plane of Lambda without Docker: what it would run as a container is nothing here.

What is asked of it are refusals, which it decides before anything runs.
"""

import os
import time

import localstack.services.lambda_.invocation.lambda_service as service
import localstack.services.lambda_.invocation.runtime_executor as executors
import localstack.services.lambda_.provider as provider
from localstack.services.lambda_.invocation.lambda_models import ImageCode, InvocationResult


def image_code(image_uri):
    """By its digest, without a registry that would have to be asked."""
    digest = image_uri.rpartition("sha256:")[2]
    return ImageCode(image_uri=image_uri.replace("@sha256", ""), code_sha256=digest, repository_type="ECR")


service.create_image_code = image_code
provider.create_image_code = image_code


class Nothing(executors.RuntimeExecutor):
    def start(self, env_vars):
        pass

    def stop(self):
        pass

    def get_address(self):
        return "127.0.0.1"

    def get_endpoint_from_executor(self):
        return "127.0.0.1"

    def get_runtime_endpoint(self):
        return "http://127.0.0.1:0"

    def invoke(self, payload):
        version = self.function_version.id.qualifier
        return InvocationResult(
            request_id=payload["invoke-id"], payload=b"{}", is_error=False, logs="", executed_version=version
        )

    def get_logs(self):
        return ""

    @classmethod
    def prepare_version(cls, version):
        # Long enough for a call to meet the function while it is Pending or being updated.
        time.sleep(float(os.environ.get("BED_PREPARES", "1")))

    @classmethod
    def cleanup_version(cls, version):
        pass


class Plugin:
    def load(self):
        return Nothing


class Plugins:
    def exists(self, name):
        return True

    def load(self, name):
        return Plugin()


executors.EXECUTOR_PLUGIN_MANAGER = Plugins()

from localstack.runtime.main import main  # noqa: E402

main()
