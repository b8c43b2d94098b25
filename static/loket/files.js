// One area for all files: what is chosen, dropped or photographed goes to the server straight away, which sorts it.
// A photo that looks blurred waits for a second thought. Without this file the button does the same.

const area = document.querySelector("[data-drop]");
const told = area.querySelector("[role='status']");
const add = area.querySelector("button[name='upload']");
const [files, photo] = ["proof", "photo"].map((name) => area.querySelector(`input[name='${name}']`));
showButton(false);

area.addEventListener("change", async (event) => {
  if (event.target.type !== "file") return;
  told.textContent = "";
  showButton(false);
  const chosen = Array.from(event.target.files);
  if (!chosen.length) return;
  const blurred = await Promise.all(chosen.map(looksBlurred));
  if (blurred.includes(true)) {
    told.textContent = area.querySelector("[data-blurred]").dataset.blurred;
    showButton(true);
    return;
  }
  told.textContent = area.querySelector("[data-adding]").dataset.adding;
  showButton(true); // should the connection be gone, one can try again
  add.form.requestSubmit(add);
});

// Files can be dropped anywhere in the area, and beside it they do not replace the page.
for (const name of ["dragover", "drop"]) document.addEventListener(name, (event) => hasFiles(event) && event.preventDefault());
document.addEventListener("dragover", (event) => area.classList.toggle("loket-drop--over", hasFiles(event) && area.contains(event.target)));
document.addEventListener("dragleave", (event) => event.relatedTarget || area.classList.remove("loket-drop--over"));
document.addEventListener("drop", (event) => {
  area.classList.remove("loket-drop--over");
  if (!hasFiles(event) || !area.contains(event.target) || !event.dataTransfer.files.length) return;
  files.files = event.dataTransfer.files;
  photo.value = "";
  files.dispatchEvent(new Event("change", { bubbles: true }));
});

function showButton(isShown) {
  add.parentElement.hidden = !isShown;
}

function hasFiles(event) {
  return event.dataTransfer?.types.includes("Files") ?? false;
}

// How sharp a picture is: the variance of its Laplacian, the difference of each pixel to its neighbours, once its longer
// side has LONGEST pixels. Found with drawn pages of 3000 by 4000 pixels and the grain of a telephone, with 10 to 60
// lines in black and grey: 200 and more where the letters could be read, 90 and less where they ran into each other.
const LONGEST = 600;
const SHARP = 100;

async function looksBlurred(file) {
  if (!file.type.startsWith("image/")) return false;
  try {
    return sharpness(await shrink(file)) < SHARP;
  } catch {
    return false; // a picture that this browser cannot open, as HEIC: the caseworker sees it
  }
}

async function shrink(file) {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [picture.width, picture.height].map((side) => Math.max(3, Math.round(side * scale)));
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.imageSmoothingQuality = "high"; // the grain of a picture taken in the dark would count as sharp
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

function sharpness({ data, width, height }) {
  const grey = new Float32Array(width * height);
  for (let at = 0; at < grey.length; at += 1) {
    grey[at] = 0.299 * data[4 * at] + 0.587 * data[4 * at + 1] + 0.114 * data[4 * at + 2];
  }
  let [sum, squares, count] = [0, 0, 0];
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const at = y * width + x;
      const edge = grey[at - 1] + grey[at + 1] + grey[at - width] + grey[at + width] - 4 * grey[at];
      [sum, squares, count] = [sum + edge, squares + edge * edge, count + 1];
    }
  }
  return squares / count - (sum / count) ** 2;
}
