/** Groups of inputs that are wrong: what is said of each, with the group, its line and what to do. */

export interface WrongGroup {
  readonly title: string;
  /** The text of ml-deploy.yml. */
  readonly source: string;
  readonly said: string;
}

export const IN_FILES: readonly WrongGroup[] = [
  { title: 'a misspelled key', source: 'defaults:\n  sagemaker:\n    serverles-memory-mb: 2048\n', said: 'ml-deploy.yml:3: "serverles-memory-mb" is not an input of the group sagemaker. Did you mean "serverless-memory-mb"?' },
  { title: 'a key with an underscore', source: 'defaults:\n  sagemaker:\n    variant_name: main\n', said: 'ml-deploy.yml:3: "variant_name" is not an input of the group sagemaker. Did you mean "variant-name"?' },
  { title: 'a key of another platform', source: 'environments:\n  dev:\n    sagemaker:\n      port: 8080\n', said: 'ml-deploy.yml:4: "port" is not an input of the group sagemaker. It is in the group local.' },
  { title: 'a neutral input in a group', source: 'defaults:\n  sagemaker:\n    instance-type: ml.m5.large\n', said: 'ml-deploy.yml:3: "instance-type" is not an input of the group sagemaker. It is a separate input: move it out of the group.' },
  { title: 'a group in a group', source: 'defaults:\n  sagemaker:\n    local: { port: 1 }\n', said: 'ml-deploy.yml:3: "local" is not an input of the group sagemaker. It is a separate input: move it out of the group.' },
  { title: 'a text for a group', source: 'defaults:\n  sagemaker: serverless\n', said: 'ml-deploy.yml:2: defaults.sagemaker must be a map of inputs. Write its keys below sagemaker, indented.' },
  { title: 'lines for a group', source: 'defaults:\n  sagemaker: |\n    variant-name: main\n', said: 'ml-deploy.yml:2: defaults.sagemaker must be a map of inputs. Write its keys below sagemaker, indented.' },
  { title: 'a list for a group', source: 'defaults:\n  local: [port]\n', said: 'ml-deploy.yml:2: defaults.local must be a map of inputs. Write its keys below local, indented.' },
  { title: 'true for a group', source: 'defaults:\n  local: true\n', said: 'ml-deploy.yml:2: defaults.local must be a map of inputs. Write its keys below local, indented.' },
  { title: 'a group beside the sections', source: 'sagemaker:\n  variant-name: main\n', said: 'ml-deploy.yml:1: "sagemaker" is not a known key here. the file may have defaults, environments, models.' },
  { title: 'a misspelled group', source: 'defaults:\n  sagemker:\n    variant-name: main\n', said: 'ml-deploy.yml:2: "sagemker" in defaults is not an input. Did you mean "sagemaker"?' },
  { title: 'a platform that there is not', source: 'defaults:\n  cloud-run:\n    project: x\n', said: 'ml-deploy.yml:2: "cloud-run" in defaults is not an input.' },
  { title: 'a word for a number', source: 'defaults:\n  local:\n    port: http\n', said: 'ml-deploy.yml:3: local: port: "http" must be an integer.' },
  { title: 'a number beyond its range', source: 'models:\n  churn:\n    defaults:\n      local:\n        port: 70000\n', said: 'ml-deploy.yml:5: local: port: "70000" must be from 1 to 65535.' },
  { title: 'a fraction', source: 'defaults:\n  sagemaker:\n    invocations-per-instance: 1.5\n', said: 'ml-deploy.yml:3: sagemaker: invocations-per-instance: "1.5" must be an integer.' },
  { title: 'yes for true', source: 'defaults:\n  sagemaker:\n    enable-network-isolation: yes\n', said: 'ml-deploy.yml:3: sagemaker: enable-network-isolation: "yes" must be true or false.' },
  { title: 'a list for one value', source: 'defaults:\n  sagemaker:\n    variant-name: [a, b]\n', said: 'ml-deploy.yml:3: sagemaker: variant-name: must be one value, not a list.' },
  { title: 'a map for one value', source: 'defaults:\n  sagemaker:\n    variant-name: { name: a }\n', said: 'ml-deploy.yml:3: sagemaker: variant-name: must be one value, not a map.' },
  { title: 'a list for an object', source: 'defaults:\n  sagemaker:\n    model-overrides: [1]\n', said: 'ml-deploy.yml:3: sagemaker: model-overrides: must be one value, not a list.' },
  { title: 'a text for an object', source: 'defaults:\n  sagemaker:\n    model-overrides: none\n', said: 'ml-deploy.yml:3: sagemaker: model-overrides: the value is not valid JSON.' },
  { title: 'a path for a bucket', source: 'defaults:\n  sagemaker:\n    data-capture-destination: /tmp\n', said: 'ml-deploy.yml:3: sagemaker: data-capture-destination: "/tmp" must be an s3:// URL.' },
  { title: 'a bad name', source: 'defaults:\n  sagemaker:\n    variant-name: main_1\n', said: 'ml-deploy.yml:3: sagemaker: variant-name: "main_1" must be letters, digits and inner hyphens, 63 at most. Did you mean "main-1"?' },
  { title: 'a key twice', source: 'defaults:\n  sagemaker:\n    variant-name: a\n    variant-name: b\n', said: 'ml-deploy.yml:4: "variant-name" is also on line 3, in defaults.sagemaker. Remove one of them.' },
  { title: 'a group twice', source: 'defaults:\n  sagemaker:\n    variant-name: a\n  sagemaker:\n    variant-name: b\n', said: 'ml-deploy.yml:4: "sagemaker" is also on line 2, in defaults. Remove one of them.' },
  { title: 'a key twice in an object', source: 'defaults:\n  sagemaker:\n    model-overrides:\n      A: 1\n      A: 2\n', said: 'ml-deploy.yml:5: "A" is also on line 4, in defaults.sagemaker.model-overrides. Remove one of them.' },
  { title: 'an anchor', source: 'defaults:\n  sagemaker:\n    variant-name: &name main\n', said: 'ml-deploy.yml:3: the anchor &name is not allowed in defaults.sagemaker. Write the value itself.' },
  { title: 'an anchor on the group', source: 'defaults:\n  sagemaker: &all\n    variant-name: main\n', said: 'ml-deploy.yml:3: the anchor &all is not allowed in defaults.sagemaker. Write the value itself.' },
  { title: 'an alias', source: 'defaults:\n  endpoint-name: &name churn\n  sagemaker:\n    variant-name: *name\n', said: 'ml-deploy.yml:4: the alias *name is not allowed in defaults.sagemaker. Write the value itself.' },
  { title: 'an alias for the group', source: 'environments:\n  dev: { tags: &t { a: b } }\n  prod:\n    sagemaker: *t\n', said: 'ml-deploy.yml:4: the alias *t is not allowed in environments.prod.sagemaker. Write the value itself.' },
  { title: 'a merge', source: 'defaults:\n  sagemaker:\n    <<: { variant-name: a }\n', said: 'ml-deploy.yml:3: "<<" is not an input of the group sagemaker. It has model-package-arn, variant-name, serverless-memory-mb, serverless-max-concurrency, enable-network-isolation, data-capture-destination, data-capture-percentage, model-download-timeout, instance-types, provision-timeout, invocations-per-instance, scale-in-cooldown, scale-out-cooldown, model-overrides, endpoint-config-overrides, target-variant.' },
  { title: 'a tag', source: 'defaults:\n  sagemaker:\n    variant-name: !!str main\n', said: 'ml-deploy.yml:3: the tag !!str is not allowed in defaults.sagemaker. Write the value itself.' },
  { title: 'a tag of its own', source: 'defaults:\n  sagemaker:\n    variant-name: !env NAME\n', said: 'ml-deploy.yml:3: the tag !env is not allowed in defaults.sagemaker. Write the value itself.' },
  { title: 'a secret', source: 'defaults:\n  sagemaker:\n    aws-secret-access-key: abc\n', said: 'ml-deploy.yml:3: "aws-secret-access-key" looks like a secret, which is not allowed in a group. Pass a secret in its own input or variable, which is masked.' },
  { title: 'a token', source: 'defaults:\n  sagemaker:\n    bearer_token: abc\n', said: 'ml-deploy.yml:3: "bearer_token" looks like a secret, which is not allowed in a group. Pass a secret in its own input or variable, which is masked.' },
  { title: 'an expression', source: 'defaults:\n  sagemaker:\n    variant-name: ${{ secrets.NAME }}\n', said: 'ml-deploy.yml:3: sagemaker: variant-name: expressions are not read in a file. Write the value itself, or pass it in `with:`. Secrets are not allowed in a group.' },
  { title: 'a former name', source: 'environments:\n  dev:\n    serverless-memory-mb: 2048\n', said: 'ml-deploy.yml:3: "serverless-memory-mb" in environments.dev is not an input. It is in a group now: "sagemaker: serverless-memory-mb".' },
  { title: 'a former name of the local target', source: 'defaults:\n  local-port: 8080\n', said: 'ml-deploy.yml:2: "local-port" in defaults is not an input. It is in a group now: "local: port".' },
  { title: 'a former name that is neutral now', source: 'defaults:\n  container-startup-timeout: 60\n', said: 'ml-deploy.yml:2: "container-startup-timeout" in defaults is not an input. It is called "startup-timeout" now.' },
  { title: 'a former name below its action', source: 'defaults:\n  smoke-test:\n    target-variant: main\n', said: 'ml-deploy.yml:3: "target-variant" in defaults.smoke-test is not an input. It is in a group now: "sagemaker: target-variant".' },
  { title: 'a member that another action reads', source: 'defaults:\n  smoke-test:\n    sagemaker:\n      variant-name: main\n', said: 'ml-deploy.yml:4: "variant-name" is not an input of the group sagemaker. Another action reads it: move it out of this one.' },
  { title: 'a group of no use to the action', source: 'defaults:\n  smoke-test:\n    local:\n      port: 8080\n', said: 'ml-deploy.yml:3: "local" in defaults.smoke-test is not an input. It is an input of deploy-endpoint.' },
  { title: 'an odd memory', source: 'environments:\n  dev:\n    sagemaker:\n      serverless-memory-mb: 1500\n', said: 'ml-deploy.yml:4: sagemaker: serverless-memory-mb: 1500 is not possible. Use 1024 to 6144 in steps of 1024.' },
  { title: 'serverless on instances', source: 'defaults: { instance-type: ml.m5.large }\nenvironments:\n  dev:\n    sagemaker:\n      serverless-memory-mb: 2048\n', said: 'ml-deploy.yml:1: instance-type: does not go with serverless inference. Leave it out, or leave out serverless-memory-mb and serverless-max-concurrency.' },
  { title: 'a goal without capacities', source: 'environments:\n  dev:\n    sagemaker:\n      invocations-per-instance: 5\n', said: 'ml-deploy.yml:4: sagemaker: invocations-per-instance: needs min-capacity and max-capacity. Set both.' },
  { title: 'a cooldown of what is removed', source: 'environments:\n  dev:\n    initial-instance-count: 2\n    autoscaling: remove\n    sagemaker:\n      scale-in-cooldown: 60\n', said: 'ml-deploy.yml:6: sagemaker: scale-in-cooldown: 60 is set, but autoscaling is to be removed. Remove one of them.' },
]; // prettier-ignore

export interface WrongStep {
  readonly title: string;
  readonly action: 'deploy-endpoint' | 'smoke-test';
  /** Beside an endpoint and target: sagemaker. */
  readonly given: Readonly<Record<string, string>>;
  readonly said: string;
}

export const IN_STEPS: readonly WrongStep[] = [
  { title: 'a misspelled key', action: 'deploy-endpoint', given: { sagemaker: 'variant-name: main\nserverles-memory-mb: 2048' }, said: 'sagemaker, line 2: "serverles-memory-mb" is not an input of the group sagemaker. Did you mean "serverless-memory-mb"?' },
  { title: 'a key with an underscore', action: 'deploy-endpoint', given: { sagemaker: 'variant_name=main' }, said: 'sagemaker, line 1: "variant_name" is not an input of the group sagemaker. Did you mean "variant-name"?' },
  { title: 'an unknown key in JSON', action: 'deploy-endpoint', given: { sagemaker: '{\n  "variant-name": "main",\n  "colour": "red"\n}' }, said: 'sagemaker, line 3: "colour" is not an input of the group sagemaker. It has model-package-arn, variant-name, serverless-memory-mb, serverless-max-concurrency, enable-network-isolation, data-capture-destination, data-capture-percentage, model-download-timeout, instance-types, provision-timeout, invocations-per-instance, scale-in-cooldown, scale-out-cooldown, model-overrides, endpoint-config-overrides.' },
  { title: 'a neutral input', action: 'deploy-endpoint', given: { sagemaker: 'instance-type: ml.m5.large' }, said: 'sagemaker, line 1: "instance-type" is not an input of the group sagemaker. It is a separate input: move it out of the group.' },
  { title: 'a word for a number', action: 'deploy-endpoint', given: { target: 'local', local: '\nport: http' }, said: 'local, line 2: port: "http" must be an integer.' },
  { title: 'a number beyond its range in JSON', action: 'deploy-endpoint', given: { target: 'local', local: '{"port": 70000}' }, said: 'local, line 1: port: "70000" must be from 1 to 65535.' },
  { title: 'yes for true', action: 'deploy-endpoint', given: { sagemaker: 'enable-network-isolation: yes' }, said: 'sagemaker, line 1: enable-network-isolation: "yes" must be true or false.' },
  { title: 'no JSON', action: 'deploy-endpoint', given: { sagemaker: '{"variant-name": "main",\n "x"}' }, said: 'sagemaker, line 2: it starts with { but is not a valid JSON object. Correct it, or write one "key: value" per line.' },
  { title: 'JSON that ends too soon', action: 'deploy-endpoint', given: { sagemaker: '{\n"variant-name": "main"' }, said: 'sagemaker, line 2: it starts with { but is not a valid JSON object. Correct it, or write one "key: value" per line.' },
  { title: 'a list of JSON', action: 'deploy-endpoint', given: { sagemaker: '["variant-name"]' }, said: 'sagemaker, line 1: is not "key: value" or "key=value". Write one key per line. A value with a line break needs double quotes, as toJSON() writes them.' },
  { title: 'a word', action: 'deploy-endpoint', given: { sagemaker: 'serverless' }, said: 'sagemaker, line 1: is not "key: value" or "key=value". Write one key per line. A value with a line break needs double quotes, as toJSON() writes them.' },
  { title: 'a colon without a space', action: 'deploy-endpoint', given: { sagemaker: 'variant-name:main' }, said: 'sagemaker, line 1: is not "key: value". Put a space after the colon of "variant-name:".' },
  { title: 'a comment', action: 'deploy-endpoint', given: { sagemaker: '# the live one\nvariant-name: main' }, said: 'sagemaker, line 1: comments are not allowed in a group: "#" has no meaning there. Move it in front of the key in the workflow.' },
  { title: 'a comment behind a number', action: 'deploy-endpoint', given: { target: 'local', local: 'port: 8080 # ours' }, said: 'local, line 1: port: "8080 # ours" must be an integer.' },
  { title: 'a key twice', action: 'deploy-endpoint', given: { sagemaker: 'variant-name: a\n\nvariant-name: b' }, said: 'sagemaker, line 3: "variant-name" is also on line 1. Remove one of them.' },
  { title: 'a key twice in JSON', action: 'deploy-endpoint', given: { sagemaker: '{"variant-name": "a",\n "variant-name": "b"}' }, said: 'sagemaker, line 2: "variant-name" is also on line 1. Remove one of them.' },
  { title: 'an anchor', action: 'deploy-endpoint', given: { sagemaker: 'variant-name: &name main' }, said: 'sagemaker, line 1: variant-name: YAML anchors and aliases are not allowed in a group. Write the value in double quotes, as JSON does; toJSON() does that for an expression.' },
  { title: 'an alias', action: 'deploy-endpoint', given: { sagemaker: 'variant-name: *name' }, said: 'sagemaker, line 1: variant-name: YAML anchors and aliases are not allowed in a group. Write the value in double quotes, as JSON does; toJSON() does that for an expression.' },
  { title: 'a tag', action: 'deploy-endpoint', given: { sagemaker: 'variant-name: !!str main' }, said: 'sagemaker, line 1: variant-name: YAML tags are not allowed in a group. Write the value in double quotes, as JSON does; toJSON() does that for an expression.' },
  { title: 'a block', action: 'deploy-endpoint', given: { sagemaker: 'variant-name: |\n  main' }, said: 'sagemaker, line 1: variant-name: YAML blocks are not allowed in a group. Write the value in double quotes, as JSON does; toJSON() does that for an expression.' },
  { title: 'a nested map', action: 'deploy-endpoint', given: { sagemaker: 'variant-name:\n  name: main' }, said: 'sagemaker, line 1: variant-name: nothing can be nested below a key of a group. Write the value on the same line; write JSON in brackets.' },
  { title: 'a nested map for an object', action: 'deploy-endpoint', given: { sagemaker: 'model-overrides:\n  Mode: x' }, said: 'sagemaker, line 1: model-overrides: nothing can be nested below a key of a group. Write the value on the same line; write JSON in brackets.' },
  { title: 'an object that is a list', action: 'deploy-endpoint', given: { sagemaker: 'variant-name: a\nmodel-overrides: [1]' }, said: 'sagemaker, line 2: model-overrides: the value is JSON, but not an object such as {"Name": "value"}.' },
  { title: 'an object that does not end', action: 'deploy-endpoint', given: { sagemaker: 'model-overrides: {"a": 1' }, said: 'sagemaker, line 1: model-overrides: the value is not valid JSON: the error is at position 7 (line 1 column 8).' },
  { title: 'a line break in an expression', action: 'deploy-endpoint', given: { sagemaker: 'variant-name: first\nsecond' }, said: 'sagemaker, line 2: is not "key: value" or "key=value". Write one key per line. A value with a line break needs double quotes, as toJSON() writes them.' },
  { title: 'a secret', action: 'deploy-endpoint', given: { sagemaker: 'aws-secret-access-key: abc' }, said: 'sagemaker, line 1: "aws-secret-access-key" looks like a secret, which is not allowed in a group. Pass a secret in its own input or variable, which is masked.' },
  { title: 'a secret in JSON', action: 'deploy-endpoint', given: { sagemaker: '{"password": "hunter2"}' }, said: 'sagemaker, line 1: "password" looks like a secret, which is not allowed in a group. Pass a secret in its own input or variable, which is masked.' },
  { title: 'the group of another platform', action: 'deploy-endpoint', given: { target: 'local', sagemaker: 'variant-name: main' }, said: 'sagemaker: the group sagemaker is for target: sagemaker, and the target is "local". Remove it, or write it as local.' },
  { title: 'the other way round', action: 'deploy-endpoint', given: { local: 'port: 8080' }, said: 'local: the group local is for target: local, and the target is "sagemaker". Remove it, or write it as sagemaker.' },
  { title: 'a group without a target', action: 'smoke-test', given: { target: '', 'endpoint-url': 'https://x.example', sagemaker: 'target-variant: a' }, said: 'sagemaker: the group sagemaker is for target: sagemaker, and there is no target. Remove it.' },
  { title: 'a member that deploy-endpoint reads', action: 'smoke-test', given: { sagemaker: 'variant-name: main' }, said: 'sagemaker, line 1: "variant-name" is not an input of the group sagemaker. It has target-variant.' },
  { title: 'an odd memory', action: 'deploy-endpoint', given: { sagemaker: 'serverless-memory-mb: 1500' }, said: 'sagemaker, line 1: serverless-memory-mb: 1500 is not possible. Use 1024 to 6144 in steps of 1024.' },
  { title: 'a goal without capacities', action: 'deploy-endpoint', given: { sagemaker: 'invocations-per-instance: 5' }, said: 'sagemaker, line 1: invocations-per-instance: needs min-capacity and max-capacity. Set both.' },
  { title: 'isolation of serverless', action: 'deploy-endpoint', given: { sagemaker: 'serverless-memory-mb: 1024\nenable-network-isolation: true' }, said: 'sagemaker, line 2: enable-network-isolation: does not go with serverless inference. Leave it out, or leave out serverless-memory-mb and serverless-max-concurrency.' },
]; // prettier-ignore
