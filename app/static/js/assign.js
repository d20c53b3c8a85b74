// Assigning: a team, or people of it. Ticking one unticks the other, as the server reads it (assignment_views.py).
for (const group of document.querySelectorAll(".team-choice")) {
  const team = group.querySelector("[name=teams]");
  const people = [...group.querySelectorAll("[name=people]")];
  group.addEventListener("change", (event) => {
    if (event.target === team && team.checked) for (const person of people) person.checked = false;
    if (people.includes(event.target) && event.target.checked) team.checked = false;
  });
}
