/** What Terraform alone knows: the members of the input `terraform`. */
import { list, text } from '../../core/spec/input.ts';

/** Read by deploy-endpoint. */
export const deployMembers = {
  directory: text({
    description: 'The folder of the root module, which has the variable `ml_deploy`. Default: `terraform`.',
  }),
  binary: text({
    description:
      'The program, such as `tofu`. With `none`, `plan` writes ml-deploy.auto.tfvars.json for your own pipeline, and starts nothing. Default: terraform (past the wrapper of setup-terraform), else tofu.',
  }),
  'var-files': list({ description: 'Variable files, in this order; paths are relative to the directory.' }),
  'backend-config': list({
    description: 'For `init`: a file, or `key=value`. Paths are relative to the directory.',
  }),
  workspace: text({
    description: 'The workspace. Default: `default`. The approved digest covers it.',
    pattern: /^[A-Za-z0-9._-]{1,90}$/,
    form: 'letters, digits, dots, hyphens and underscores',
  }),
  'lock-timeout': text({
    description: 'How long to wait for the lock of the state, such as `30s`. Default: `5m`.',
    pattern: /^\d+[smh]$/,
    form: 'a number with s, m or h',
  }),
  'allow-destroy': list({
    description:
      'The addresses that a release can delete or replace. A plan that would delete another one is refused. Old versions of the endpoint need not be listed.',
  }),
} as const;
