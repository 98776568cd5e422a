# GitHub's tokens are trusted once per account. Who may take a role is said by the token: its sub, so no other branch, no pull
# request, no other repository; and its job_workflow_ref, so no job that the reviewed workflows do not have.
resource "aws_iam_openid_connect_provider" "github" {
  count = var.oidc_provider_arn == null ? 1 : 0

  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
  tags           = local.tags
}

locals {
  issuer       = "token.actions.githubusercontent.com"
  provider_arn = var.oidc_provider_arn != null ? var.oidc_provider_arn : aws_iam_openid_connect_provider.github[0].arn

  owner = split("/", var.repository)[0]
  repo  = split("/", var.repository)[1]
  # Both forms are safe: whoever takes over the name has a repository with other numbers.
  subject_bases = concat(
    ["repo:${var.repository}"],
    var.repository_ids == null ? [] : ["repo:${local.owner}@${var.repository_ids.owner}/${local.repo}@${var.repository_ids.name}"],
  )
  subjects = flatten([
    for base in local.subject_bases : concat(
      [for branch in var.branches : "${base}:ref:refs/heads/${branch}"],
      [for environment in var.github_environments : "${base}:environment:${environment}"],
    )
  ])

  # A workflow that is called at a tag is named by the tag, and one that is called at a SHA by that.
  release_ref = var.ml_deploy_ref == null ? null : startswith(var.ml_deploy_ref, "v") ? "refs/tags/${var.ml_deploy_ref}" : var.ml_deploy_ref
  workflow_refs = { for job, workflows in local.workflows : job => concat(
    local.release_ref == null ? [] : [
      for workflow in workflows : "${var.ml_deploy_repository}/.github/workflows/${workflow}.yml@${local.release_ref}"
    ],
    var.job_workflow_refs,
  ) }

  trust = { for job, refs in local.workflow_refs : job => jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Federated = local.provider_arn }
      Action    = "sts:AssumeRoleWithWebIdentity"
      Condition = {
        StringEquals = merge(
          {
            "${local.issuer}:aud" = "sts.amazonaws.com"
            "${local.issuer}:sub" = local.subjects
          },
          var.any_workflow ? {} : { "${local.issuer}:job_workflow_ref" = refs },
        )
      }
    }]
  }) }
}
