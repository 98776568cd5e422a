# GitHub's tokens are trusted once per account. Who may take a role is said by the sub of the token: no other branch, no
# pull request, no other repository.
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

  trust = jsonencode({
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
          length(var.job_workflow_refs) == 0 ? {} : { "${local.issuer}:job_workflow_ref" = var.job_workflow_refs },
        )
      }
    }]
  })
}
