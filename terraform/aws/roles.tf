# The policies are made from docs/iam of ml-deploy (npm run docs), which is tested against everything that the actions ask for.
locals {
  policy_names = {
    region           = local.region
    account          = local.account
    partition        = local.partition
    bucket           = local.bucket
    prefix           = local.prefix
    image_repository = local.image_repository
    execution_role   = local.execution_role
    endpoint_name    = var.endpoint_name
    # SageMaker writes the names in its ARNs in lower case.
    endpoint = lower(var.endpoint_name)
    # Of a long name the first 44 characters are taken for versions.
    versions = lower(trimsuffix(substr(var.endpoint_name, 0, 44), "-"))
  }

  # What a job does, and the policies that it needs for that. With one_role, `release` suffices for the whole of deploy.yml.
  building = ["package-model", "push-image-ecr"]
  jobs = {
    release  = concat(["deploy", "rollback", "smoke-target"], var.one_role ? local.building : [])
    plan     = ["deploy-plan"]
    package  = ["package-model"]
    image    = ["push-image-ecr"]
    rollback = ["rollback", "smoke-target"]
    smoke    = ["smoke"]
  }

  # Which workflows of ml-deploy have such a job: no other may take the role.
  workflows = {
    release  = ["deploy", "reap", "watch"]
    plan     = ["deploy"]
    package  = ["deploy"]
    image    = ["deploy"]
    rollback = ["rollback"]
    smoke    = ["watch"]
  }

  policies    = toset(flatten(values(local.jobs)))
  attachments = merge([for job, names in local.jobs : { for name in names : "${job}/${name}" => { job = job, policy = name } }]...)
}

resource "aws_iam_policy" "job" {
  for_each = local.policies

  name        = "${local.name}-${each.key}"
  description = "docs/iam/${each.key}.json of ml-deploy, for the endpoint ${var.endpoint_name}"
  policy      = templatefile("${path.module}/policies/${each.key}.json.tftpl", local.policy_names)
  tags        = local.tags
}

resource "aws_iam_role" "job" {
  for_each = local.jobs

  name                 = "${substr(local.name, 0, 54)}-${each.key}"
  description          = "ml-deploy: the job ${each.key} of ${var.repository}"
  assume_role_policy   = local.trust[each.key]
  max_session_duration = var.session_seconds
  tags                 = local.tags

  lifecycle {
    precondition {
      condition     = length(local.subjects) > 0
      error_message = "Nobody could take the roles: set branches, github_environments, or both."
    }

    precondition {
      condition     = var.any_workflow || var.ml_deploy_ref != null || length(var.job_workflow_refs) > 0
      error_message = "Every workflow of ${var.repository} could take the roles. Set ml_deploy_ref to the release of ml-deploy whose workflows yours call (such as v1.2.3, or the SHA of its commit), job_workflow_refs for workflows of your own, or any_workflow = true where that is meant."
    }
  }
}

resource "aws_iam_role_policy_attachment" "job" {
  for_each = local.attachments

  role       = aws_iam_role.job[each.value.job].name
  policy_arn = aws_iam_policy.job[each.value.policy].arn
}

# The role that SageMaker runs the model under.
resource "aws_iam_role" "execution" {
  name               = local.execution_role
  description        = "SageMaker runs the models of ${var.endpoint_name} under this role"
  assume_role_policy = templatefile("${path.module}/policies/execution-role-trust.json.tftpl", local.policy_names)
  tags               = local.tags
}

resource "aws_iam_role_policy" "execution" {
  name   = "serve"
  role   = aws_iam_role.execution.name
  policy = templatefile("${path.module}/policies/execution-role.json.tftpl", local.policy_names)
}
