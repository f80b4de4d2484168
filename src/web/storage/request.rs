//! IndexedDB's requests and transactions as futures.
//!
//! The handlers are the two functions of a promise, so nothing of ours has to outlive the call.

use super::error_text;
use super::state::DatabaseError;
use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DomException, IdbRequest, IdbTransaction};

/// The result of `request`, once it is there. Continues within the success event, so the
/// transaction is still open for further requests.
pub(super) async fn answer(request: &IdbRequest) -> Result<JsValue, DatabaseError> {
    let settled = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    match JsFuture::from(settled).await {
        Ok(_) => request.result().map_err(|error| database_error(&error)),
        Err(_) => Err(dom_error(request.error().ok().flatten())),
    }
}

/// Listens from the moment of the call for how `transaction` ends.
pub(super) fn completion(
    transaction: &IdbTransaction,
) -> impl Future<Output = Result<(), DatabaseError>> + use<> {
    let ended = JsFuture::from(Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    }));
    let transaction = transaction.clone();
    async move {
        match ended.await {
            Ok(_) => Ok(()),
            Err(_) => Err(dom_error(transaction.error())),
        }
    }
}

fn dom_error(error: Option<DomException>) -> DatabaseError {
    match error {
        Some(error) => database_error(&error),
        None => DatabaseError::Failed("the transaction was aborted".to_owned()),
    }
}

pub(super) fn database_error(error: &JsValue) -> DatabaseError {
    let (name, text) = error_text(error);
    match name.as_str() {
        "QuotaExceededError" => DatabaseError::Full,
        "SecurityError" => DatabaseError::Refused,
        "VersionError" => DatabaseError::Newer,
        _ => DatabaseError::Failed(text),
    }
}
