# The artifact store: archives, references and release records. Nothing in it expires.
resource "google_storage_bucket" "store" {
  # checkov:skip=CKV_GCP_62:access_log_bucket takes the access logs. Audit logs of Cloud Storage tell the same.
  project                     = var.project
  name                        = coalesce(var.bucket_name, "${var.project}-${local.name}")
  location                    = var.location
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  labels                      = local.labels

  versioning {
    enabled = true
  }

  dynamic "encryption" {
    for_each = var.kms_key_name == null ? [] : [var.kms_key_name]

    content {
      default_kms_key_name = encryption.value
    }
  }

  dynamic "logging" {
    for_each = var.access_log_bucket == null ? [] : [var.access_log_bucket]

    content {
      log_bucket = logging.value
    }
  }

  lifecycle_rule {
    condition {
      age = 7
    }

    action {
      type = "AbortIncompleteMultipartUpload"
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "google_storage_bucket_iam_member" "store" {
  for_each = {
    release = { role = "roles/storage.objectUser", member = google_service_account.job["release"].member }
    plan    = { role = "roles/storage.objectViewer", member = google_service_account.job["plan"].member }
    smoke   = { role = "roles/storage.objectUser", member = google_service_account.job["smoke"].member }
    serving = { role = "roles/storage.objectViewer", member = google_service_account.serving.member }
  }

  bucket = google_storage_bucket.store.name
  role   = each.value.role
  member = each.value.member
}

resource "google_artifact_registry_repository" "serving" {
  # checkov:skip=CKV_GCP_84:kms_key_name encrypts with a key of yours.
  project       = var.project
  location      = var.location
  repository_id = local.name
  description   = "Serving images of ml-deploy"
  format        = "DOCKER"
  kms_key_name  = var.kms_key_name
  labels        = local.labels

  docker_config {
    immutable_tags = true
  }
}

resource "google_artifact_registry_repository_iam_member" "serving" {
  for_each = {
    release = { role = "roles/artifactregistry.writer", member = google_service_account.job["release"].member }
    plan    = { role = "roles/artifactregistry.reader", member = google_service_account.job["plan"].member }
  }

  project    = var.project
  location   = var.location
  repository = google_artifact_registry_repository.serving.name
  role       = each.value.role
  member     = each.value.member
}
