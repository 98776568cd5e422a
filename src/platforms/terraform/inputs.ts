/** What Terraform alone knows: the members of the input `terraform`. */
import { list, text } from '../../core/spec/input.ts';

/** Read by deploy-endpoint. */
export const deployMembers = {
  directory: text({
    description: 'The folder of the root module, which takes the variable `ml_deploy`. Default: `terraform`.',
  }),
  binary: text({
    description:
      'The program, such as `tofu`, or `none`: then `plan` writes ml-deploy.auto.tfvars.json for a pipeline of yours, and starts nothing. Default: terraform (past the wrapper of setup-terraform), else tofu.',
  }),
  'var-files': list({ description: 'Files of variables, in their order; paths start at the directory.' }),
  'backend-config': list({
    description: 'For `init`: a file, or `key=value`. Paths start at the directory.',
  }),
  workspace: text({
    description: 'The workspace. Without it, `default`. It is in the digest that is approved.',
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
      'The addresses that a release may delete or replace. Any other is refused when it is planned. Old versions of the endpoint need no word.',
  }),
} as const;
