// The calls to the local server; what goes wrong becomes one kind of error.

class ApiError extends Error {
  constructor(status, said, version) {
    super(said.message || "");
    Object.assign(this, { status, code: said.code || "", place: said.place || "",
      hint: said.hint || "", version });
  }
}

async function call(method, path, lang, body, headers = {}) {
  const url = new URL(path, location.origin);
  url.searchParams.set("lang", lang);
  let answer;
  try {
    answer = await fetch(url, { method, body, headers: { "X-Studio": "1", ...headers } });
  } catch {
    throw new ApiError(0, {});
  }
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new ApiError(answer.status, told.error || {}, told.version);
  return told;
}

export const get = (path, lang) => call("GET", path, lang);

export const post = (path, lang, body) => call(
  "POST", path, lang, JSON.stringify(body), { "Content-Type": "application/json" },
);

/** Send the bytes of a file; its name may hold any letters. */
export const upload = (file, lang) => call("POST", "/api/projects", lang, file, {
  "Content-Type": "application/octet-stream", "X-File-Name": encodeURIComponent(file.name),
});

/** Choose one of the procedures of a file that was sent before. */
export const choose = (uploaded, choice, lang) => call(
  "POST", `/api/projects?upload=${encodeURIComponent(uploaded)}&choice=${choice}`, lang,
);
