locals {
  name   = "ml-deploy-${var.environment}"
  labels = merge(var.labels, { environment = var.environment })
  refs   = [for branch in var.branches : "refs/heads/${branch}"]

  # ml-deploy's own workflow, at one commit; see terraform/aws.
  release_ref   = var.ml_deploy_ref == null ? null : startswith(var.ml_deploy_ref, "v") ? "refs/tags/${var.ml_deploy_ref}" : var.ml_deploy_ref
  workflow_refs = concat(local.release_ref == null ? [] : ["${var.ml_deploy_repository}/.github/workflows/deploy.yml@${local.release_ref}"], var.job_workflow_refs)
  by_workflow   = var.any_workflow ? "" : " && assertion.job_workflow_ref in ${jsonencode(local.workflow_refs)}"
}

# GitHub's tokens are exchanged for short-lived ones. Only jobs of this repository, on these branches.
resource "google_iam_workload_identity_pool" "github" {
  project                   = var.project
  workload_identity_pool_id = local.name
  display_name              = "ml-deploy ${var.environment}"
  description               = "Jobs of ${var.repository} on GitHub"
}

resource "google_iam_workload_identity_pool_provider" "github" {
  # checkov:skip=CKV_GCP_125:The check knows conditions on assertion.sub alone. This one compares repository, owner and branch.
  project                            = var.project
  workload_identity_pool_id          = google_iam_workload_identity_pool.github.workload_identity_pool_id
  workload_identity_pool_provider_id = "github"
  display_name                       = "GitHub Actions"

  attribute_mapping = {
    "google.subject"                = "assertion.sub"
    "attribute.repository"          = "assertion.repository"
    "attribute.repository_owner_id" = "assertion.repository_owner_id"
    "attribute.ref"                 = "assertion.ref"
  }

  # A pull request's ref is refs/pull/..., so that it is none of these.
  attribute_condition = "assertion.repository == '${var.repository}' && assertion.repository_owner_id == '${var.repository_owner_id}' && assertion.ref in ${jsonencode(local.refs)}${local.by_workflow}"

  oidc {
    issuer_uri = "https://token.actions.githubusercontent.com"
  }

  lifecycle {
    precondition {
      condition     = var.any_workflow || length(local.workflow_refs) > 0
      error_message = "Every workflow of ${var.repository} could take the roles. Set ml_deploy_ref, job_workflow_refs for workflows of your own, or any_workflow = true where that is meant."
    }
  }
}

# The roles are made from docs/iam/gcp of ml-deploy (npm run docs).
locals {
  roles = { for job in ["plan", "release", "smoke"] : job => jsondecode(file("${path.module}/roles/${job}.json")) }
}

resource "google_project_iam_custom_role" "job" {
  for_each = local.roles

  project     = var.project
  role_id     = replace("${local.name}-${each.key}", "-", "_")
  title       = "${each.value.title} (${var.environment})"
  description = each.value.description
  permissions = each.value.includedPermissions
}

resource "google_service_account" "job" {
  for_each = local.roles

  project      = var.project
  account_id   = "${local.name}-${each.key}"
  display_name = "${each.value.title} (${var.environment})"
}

resource "google_project_iam_member" "job" {
  for_each = local.roles

  project = var.project
  role    = google_project_iam_custom_role.job[each.key].id
  member  = google_service_account.job[each.key].member
}

resource "google_service_account_iam_member" "github" {
  for_each = local.roles

  service_account_id = google_service_account.job[each.key].name
  role               = "roles/iam.workloadIdentityUser"
  member             = "principalSet://iam.googleapis.com/${google_iam_workload_identity_pool.github.name}/attribute.repository/${var.repository}"
}

# What the container runs as. It may read the store, and nothing else.
resource "google_service_account" "serving" {
  project      = var.project
  account_id   = "${local.name}-serving"
  display_name = "ml-deploy serving (${var.environment})"
}

# The release passes this one account on, and no other.
resource "google_service_account_iam_member" "act_as" {
  service_account_id = google_service_account.serving.name
  role               = "roles/iam.serviceAccountUser"
  member             = google_service_account.job["release"].member
}
