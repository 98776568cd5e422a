output "ml_deploy_yml" {
  description = "The environment's block of ml-deploy.yml: terraform output -raw ml_deploy_yml"
  value = yamlencode({
    environments = {
      (var.environment) = merge(
        {
          target                         = "vertex-ai"
          endpoint-name                  = var.endpoint_name
          gcp-workload-identity-provider = google_iam_workload_identity_pool_provider.github.name
          gcp-service-account            = google_service_account.job["release"].email
          destination                    = "gs://${google_storage_bucket.store.name}/${var.endpoint_name}"
          compression                    = "none"
          registry                       = "${var.location}-docker.pkg.dev"
          repository                     = "${var.project}/${google_artifact_registry_repository.serving.repository_id}/${var.endpoint_name}"
          vertex-ai = {
            project         = var.project
            location        = var.location
            service-account = google_service_account.serving.email
          }
        },
        length(var.branches) == 1 ? { branch = var.branches[0] } : {},
      )
    }
  })
}

output "service_accounts" {
  description = "The accounts by what a job does: plan, release, smoke."
  value       = { for job, account in google_service_account.job : job => account.email }
}

output "log_writer" {
  description = "The account that the log sink writes as: give it roles/logging.bucketWriter where the log bucket is in another project."
  value       = google_logging_project_sink.endpoint.writer_identity
}
