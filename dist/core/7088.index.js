export const id = 7088;
export const ids = [7088];
export const modules = {

/***/ 47088:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   cloudFacts: () => (/* binding */ cloudFacts)
/* harmony export */ });
/** In the form in which a target's rules take it. */
function cloudFacts(inputs, region) {
    const { serverlessMemoryMb, serverlessMaxConcurrency, modelDataUrl } = inputs;
    const isServerless = serverlessMemoryMb !== null || serverlessMaxConcurrency !== null;
    return {
        // What could not be understood has been said already.
        endpoint: inputs.endpointName ?? 'unnamed',
        region,
        account: inputs.awsAccountId,
        variantName: inputs.variantName,
        executionRoleArn: inputs.executionRoleArn,
        model: modelDataUrl === null ? null : { url: modelDataUrl, sha256: null, bytes: null },
        imageUri: inputs.imageUri,
        instanceType: inputs.instanceType,
        instanceCount: inputs.initialInstanceCount,
        serverless: isServerless
            ? { memoryMb: serverlessMemoryMb, maxConcurrency: serverlessMaxConcurrency }
            : null,
        scaling: scalingOf(inputs),
        strategy: {
            type: inputs.strategy ?? 'all-at-once',
            stepPercent: inputs.stepPercent,
            bakeMinutes: inputs.bakeMinutes ?? 0,
            alarms: inputs.alarms ?? [],
        },
        candidateInstances: 0,
        environment: inputs.environmentVariables ?? new Map(),
        tags: inputs.tags ?? new Map(),
        subnets: inputs.vpcSubnets ?? [],
        securityGroups: inputs.vpcSecurityGroups ?? [],
        networkIsolation: inputs.enableNetworkIsolation ?? false,
        dataCapture: inputs.dataCaptureDestination !== null,
        kmsKeyId: inputs.kmsKeyId,
        timeoutMinutes: inputs.timeoutMinutes ?? 480,
        live: null,
    };
}
function scalingOf({ minCapacity, maxCapacity, ...inputs }) {
    if (minCapacity === null || maxCapacity === null)
        return null;
    const { invocationsPerInstance, scaleInCooldown, scaleOutCooldown } = inputs;
    return { minCapacity, maxCapacity, invocationsPerInstance, scaleInCooldown, scaleOutCooldown };
}


/***/ })

};
