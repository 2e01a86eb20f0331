"""Makes a build current: the last step of a roll-out, once its workers are healthy.

With worker versioning on and no current build, Temporal gives no work to anybody.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta

from temporalio.api.workflowservice.v1 import DescribeWorkerDeploymentRequest, SetWorkerDeploymentCurrentVersionRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from service.cli_failure import Failure
from service.settings import Settings
from service.temporal import DEPLOYMENT, connect

PATIENCE, PAUSE = timedelta(minutes=2), timedelta(seconds=2)


async def release(settings: Settings) -> None:
    """Wait until workers of this build poll, then make it the current one.

    Raises Failure when there is no build id, or no such worker within two minutes.
    """
    if settings.build_id is None:
        raise Failure("There is no build to make current.", "Set STARTLOKET_BUILD_ID to the build that was rolled out.")
    client = await connect()
    if not await _is_polling(client, settings.build_id):
        raise Failure(f"No worker of build {settings.build_id} works yet.", "Start its workers first.")
    await client.workflow_service.set_worker_deployment_current_version(
        SetWorkerDeploymentCurrentVersionRequest(
            namespace=client.namespace,
            deployment_name=DEPLOYMENT,
            build_id=settings.build_id,
            identity=client.identity,
        )
    )


async def _is_polling(client: Client, build_id: str) -> bool:
    for _ in range(PATIENCE // PAUSE):
        if build_id in await _builds(client):
            return True
        await asyncio.sleep(PAUSE.total_seconds())
    return False


async def _builds(client: Client) -> frozenset[str]:
    request = DescribeWorkerDeploymentRequest(namespace=client.namespace, deployment_name=DEPLOYMENT)
    try:
        answer = await client.workflow_service.describe_worker_deployment(request)
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return frozenset()
        raise
    return frozenset(one.deployment_version.build_id for one in answer.worker_deployment_info.version_summaries)
