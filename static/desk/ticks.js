// The box above the rows ticks every row of the page; without JavaScript it is not there.
const every = document.querySelector("#action-toggle");
const rows = [...document.querySelectorAll("#result_list tbody input[name=_selected_action]")];

every?.addEventListener("change", () => rows.forEach((row) => { row.checked = every.checked; }));
rows.forEach((row) => row.addEventListener("change", () => { every.checked = rows.every((one) => one.checked); }));
