export const id = 1350;
export const ids = [1350];
export const modules = {

/***/ 31350:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createEcr: () => (/* binding */ createEcr)
});

// EXTERNAL MODULE: ./build/js/src/core/errors.js
var errors = __webpack_require__(36608);
// EXTERNAL MODULE: ./build/js/src/core/image/ecr.js
var ecr = __webpack_require__(36111);
;// CONCATENATED MODULE: ./build/js/src/adapters/ecr/aws-errors.js
/** What errors of the AWS SDK mean for whoever runs the action. */

const NO_CREDENTIALS = /^(CredentialsProviderError|CredentialsError|TokenProviderError)$/;
const BAD_CREDENTIALS = /^(ExpiredToken|ExpiredTokenException|UnrecognizedClientException|InvalidClientTokenId|InvalidSignatureException|SignatureDoesNotMatch|InvalidAccessKeyId)$/;
const DENIED = /^(AccessDenied|AccessDeniedException|UnauthorizedOperation|NotAuthorized)$/;
/** The error to throw: what the user has to fix, or what AWS said. `doing` is such as "create the repository x". */
function awsError(error, doing, signal) {
    if (signal.aborted)
        return new errors/* CancelledError */.cc();
    const name = nameOf(error);
    const said = sentence((0,errors/* messageOf */.bD)(error));
    if (NO_CREDENTIALS.test(name)) {
        return new errors/* UserError */.yo(`There are no AWS credentials to ${doing} (${said}) Run aws-actions/configure-aws-credentials before this step.`, { cause: error });
    }
    if (BAD_CREDENTIALS.test(name)) {
        return new errors/* UserError */.yo(`AWS does not accept the credentials to ${doing}: ${said} Run aws-actions/configure-aws-credentials (again) before this step.`, { cause: error });
    }
    if (DENIED.test(name)) {
        return new errors/* UserError */.yo(`AWS does not allow to ${doing}: ${said}${permissionHint(said)}`, { cause: error });
    }
    const system = /^(getaddrinfo|connect)|ENOTFOUND|ECONN|ETIMEDOUT/.test((0,errors/* messageOf */.bD)(error))
        ? ' Check the region, and that this machine may reach AWS.'
        : '';
    return new errors/* UpstreamError */.gA('AWS', `AWS could not ${doing} (${name}): ${said}${system}`, { cause: error });
}
/** The permission that AWS names in a refusal; null where it names none. */
function missingPermission(text) {
    return /not authorized to perform: ([a-z0-9-]+:[A-Za-z0-9*]+)/.exec(text)?.[1] ?? null;
}
/** What to do about a refusal that names a permission; '' for any other. */
function permissionHint(text) {
    const permission = missingPermission(text);
    return permission === null
        ? ''
        : ` Add the permission ${permission} to the role of this job (docs/iam/push-image-ecr.json).`;
}
function nameOf(error) {
    return error instanceof Error ? error.name : '';
}
function sentence(text) {
    return /[.!?]$/.test(text) ? text : `${text}.`;
}

;// CONCATENATED MODULE: ./build/js/src/adapters/ecr/ecr.js



function createEcr(options) {
    const ecr = new EcrOfAccount(options);
    return {
        ownRegistry: (region) => ecr.ownRegistry(region),
        login: (registry) => ecr.login(registry),
        repository: (registry, repository) => ecr.repository(registry, repository),
        createRepository: (registry, repository, tags) => ecr.createRepository(registry, repository, tags),
        scanState: (registry, repository, digest) => ecr.scanState(registry, repository, digest),
        startScan: (registry, repository, digest) => ecr.startScan(registry, repository, digest),
    };
}
/** The SDK's own retries, with its growing pauses, for throttling, dropped connections and trouble on the other side. */
const MAX_ATTEMPTS = 5;
class EcrOfAccount {
    #signal;
    #onPassword;
    #clientConfig;
    #clients = new Map();
    #logins = new Map();
    constructor({ signal, onPassword = () => undefined, clientConfig = globalAgents }) {
        this.#signal = signal;
        this.#onPassword = onPassword;
        this.#clientConfig = clientConfig;
    }
    async ownRegistry(region) {
        const { STSClient, GetCallerIdentityCommand } = await Promise.all(/* import() */[__webpack_require__.e(9542), __webpack_require__.e(5861), __webpack_require__.e(5118), __webpack_require__.e(1695)]).then(__webpack_require__.t.bind(__webpack_require__, 71695, 19));
        const config = { region, maxAttempts: MAX_ATTEMPTS, ...(await this.#clientConfig()) };
        const client = new STSClient(config);
        const { Account } = await this.#do('ask which account the credentials belong to', () => client.send(new GetCallerIdentityCommand({}), this.#abort()));
        if (Account === undefined)
            throw new errors/* UpstreamError */.gA('AWS', 'AWS STS named no account for the credentials.');
        return (0,ecr/* ecrRegistryOf */.Bv)(Account, region);
    }
    /** Asked for once in a run. */
    login(registry) {
        const known = this.#logins.get(registry.region);
        if (known !== undefined)
            return known;
        const login = this.#login(registry);
        this.#logins.set(registry.region, login);
        return login;
    }
    /** One token opens every registry of the region that the credentials may use, also of other accounts. */
    async #login({ region, host }) {
        const { GetAuthorizationTokenCommand } = await sdk();
        const client = await this.#client(region);
        const { authorizationData } = await this.#do(`log in to ${host}`, () => client.send(new GetAuthorizationTokenCommand({}), this.#abort()));
        const token = authorizationData?.[0]?.authorizationToken ?? '';
        const decoded = Buffer.from(token, 'base64').toString('utf8');
        const colon = decoded.indexOf(':');
        if (colon < 1)
            throw new errors/* UpstreamError */.gA('AWS', `AWS gave no login for ${host}. Run this step again.`);
        const password = decoded.slice(colon + 1);
        this.#onPassword(password);
        return { username: decoded.slice(0, colon), password };
    }
    async repository({ account, region }, repository) {
        const { DescribeRepositoriesCommand } = await sdk();
        const client = await this.#client(region);
        const input = { registryId: account, repositoryNames: [repository] };
        return this.#do(`look at the repository ${repository}`, async () => {
            try {
                const answer = await client.send(new DescribeRepositoriesCommand(input), this.#abort());
                return factsOf(answer.repositories?.[0]);
            }
            catch (error) {
                if (nameOf(error) === 'RepositoryNotFoundException')
                    return null;
                throw error;
            }
        });
    }
    async createRepository(registry, repository, tags) {
        const { CreateRepositoryCommand, PutLifecyclePolicyCommand } = await sdk();
        const client = await this.#client(registry.region);
        const input = {
            registryId: registry.account,
            repositoryName: repository,
            imageTagMutability: 'IMMUTABLE',
            imageScanningConfiguration: { scanOnPush: true },
            tags: [...tags].map(([Key, Value]) => ({ Key, Value })),
        };
        const created = await this.#do(`create the repository ${repository}`, async () => {
            try {
                return factsOf((await client.send(new CreateRepositoryCommand(input), this.#abort())).repository);
            }
            catch (error) {
                if (nameOf(error) === 'RepositoryAlreadyExistsException')
                    return null;
                throw error;
            }
        });
        const policy = {
            registryId: registry.account,
            repositoryName: repository,
            lifecyclePolicyText: JSON.stringify((0,ecr/* lifecyclePolicy */.Re)()),
        };
        await this.#do(`set the lifecycle policy of the repository ${repository}`, () => client.send(new PutLifecyclePolicyCommand(policy), this.#abort()));
        return created ?? (await this.repository(registry, repository)) ?? { immutableTags: false };
    }
    async scanState({ account, region }, repository, digest) {
        const { DescribeImageScanFindingsCommand } = await sdk();
        const client = await this.#client(region);
        const input = { registryId: account, repositoryName: repository, imageId: { imageDigest: digest } };
        return this.#do(`read the scan of ${repository}@${digest}`, async () => {
            try {
                const answer = await client.send(new DescribeImageScanFindingsCommand(input), this.#abort());
                return scanStateOf(answer.imageScanStatus ?? {}, answer.imageScanFindings);
            }
            catch (error) {
                if (nameOf(error) === 'ScanNotFoundException')
                    return null;
                throw error;
            }
        });
    }
    async startScan({ account, region }, repository, digest) {
        const { StartImageScanCommand } = await sdk();
        // The SDK takes the limit of one scan a day for throttling, and would come back for seconds.
        const client = await this.#client(region, 2);
        const input = { registryId: account, repositoryName: repository, imageId: { imageDigest: digest } };
        await this.#do(`scan ${repository}@${digest}`, async () => {
            try {
                await client.send(new StartImageScanCommand(input), this.#abort());
            }
            catch (error) {
                // Once in 24 hours; and with enhanced scanning the platform scans by itself.
                const enhanced = nameOf(error) === 'ValidationException' && /enhanced|disabled/i.test(String(error));
                if (nameOf(error) !== 'LimitExceededException' && !enhanced)
                    throw error;
            }
        });
    }
    #client(region, maxAttempts = MAX_ATTEMPTS) {
        const key = `${region} ${maxAttempts}`;
        const known = this.#clients.get(key);
        if (known !== undefined)
            return known;
        const client = (async () => {
            const { ECRClient } = await sdk();
            return new ECRClient({ region, maxAttempts, ...(await this.#clientConfig()) });
        })();
        this.#clients.set(key, client);
        return client;
    }
    #abort() {
        return { abortSignal: this.#signal };
    }
    async #do(doing, call) {
        try {
            return await call();
        }
        catch (error) {
            throw awsError(error, doing, this.#signal);
        }
    }
}
/** The SDK makes agents of its own otherwise, which know nothing of the proxy that the global ones are set to. */
async function globalAgents() {
    const [http, https] = await Promise.all([Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 37067, 19)), Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 44708, 19))]);
    return { requestHandler: { httpAgent: http.globalAgent, httpsAgent: https.globalAgent } };
}
function sdk() {
    return Promise.all(/* import() */[__webpack_require__.e(9542), __webpack_require__.e(5861), __webpack_require__.e(5118), __webpack_require__.e(8249)]).then(__webpack_require__.t.bind(__webpack_require__, 28249, 19));
}
function factsOf(repository) {
    return { immutableTags: repository?.imageTagMutability === 'IMMUTABLE' };
}
/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageScanStatus.html; ACTIVE is enhanced scanning's "done". */
const DONE = new Set(['COMPLETE', 'ACTIVE']);
const RUNNING = new Set(['IN_PROGRESS', 'PENDING']);
function scanStateOf({ status = 'unknown', description = '' }, found) {
    const running = RUNNING.has(status) ? 'running' : 'impossible';
    return {
        status: DONE.has(status) ? 'done' : running,
        detail: description === '' ? status : `${status}: ${description}`,
        counts: found?.findingSeverityCounts ?? {},
        findings: [...basicFindings(found), ...enhancedFindings(found)],
    };
}
function basicFindings(found) {
    return (found?.findings ?? []).map(({ name = '', severity = '', uri = '', attributes = [] }) => {
        const value = (wanted) => attributes.find(({ key }) => key === wanted)?.value ?? '';
        return {
            name,
            severity,
            url: uri,
            package: `${value('package_name')} ${value('package_version')}`.trim(),
        };
    });
}
function enhancedFindings(found) {
    return (found?.enhancedFindings ?? []).map(({ title = '', severity = '', packageVulnerabilityDetails }) => {
        const [first] = packageVulnerabilityDetails?.vulnerablePackages ?? [];
        return {
            name: packageVulnerabilityDetails?.vulnerabilityId ?? title,
            severity,
            url: packageVulnerabilityDetails?.sourceUrl ?? '',
            package: `${first?.name ?? ''} ${first?.version ?? ''}`.trim(),
        };
    });
}


/***/ })

};
