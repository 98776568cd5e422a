# Nothing of Google is asked: the provider is a mock with the real schema.
mock_provider "google" {}

variables {
  project             = "acme-ml-dev"
  location            = "europe-west3"
  environment         = "dev"
  endpoint_name       = "churn"
  repository          = "acme/churn"
  repository_owner_id = "1234"
  branches            = ["main"]
  ml_deploy_ref       = "v1.2.3"
}

run "trusts_one_repository_on_its_branches" {
  command = plan

  assert {
    condition     = google_iam_workload_identity_pool_provider.github.attribute_condition == "assertion.repository == 'acme/churn' && assertion.repository_owner_id == '1234' && assertion.ref in [\"refs/heads/main\"] && assertion.job_workflow_ref in [\"org/ml-deploy/.github/workflows/deploy.yml@refs/tags/v1.2.3\"]"
    error_message = "Another repository, owner or branch could take the roles."
  }

  assert {
    condition     = !contains(google_project_iam_custom_role.job["plan"].permissions, "aiplatform.endpoints.deploy")
    error_message = "A plan may change endpoints."
  }

  assert {
    condition     = google_storage_bucket.store.public_access_prevention == "enforced" && google_storage_bucket.store.versioning[0].enabled
    error_message = "The store is public, or keeps no versions."
  }
}

run "refuses_to_trust_every_workflow_unless_told" {
  command = plan

  variables {
    ml_deploy_ref = null
  }

  expect_failures = [google_iam_workload_identity_pool_provider.github]
}

run "refuses_a_repository_without_an_owner" {
  command = plan

  variables {
    repository = "churn"
  }

  expect_failures = [var.repository]
}

run "refuses_a_place_that_nobody_can_release_to" {
  command = plan

  variables {
    branches = []
  }

  expect_failures = [var.branches]
}
